import type { ServerUnaryCall, sendUnaryData } from '@grpc/grpc-js';
import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';

/** Answers who is in the cluster: a node that follows and cannot be reached, and the one that leads, at a port. */
export function answerGossip(
  leaderPort: number,
): (
  call: ServerUnaryCall<shared.Empty, gossip.ClusterInfo>,
  answer: sendUnaryData<gossip.ClusterInfo>,
) => void {
  return (_call, answer) => {
    const { FOLLOWER, LEADER } = gossip.MemberInfo.VNodeState;
    const cluster = new gossip.ClusterInfo();
    cluster.setMembersList([member(FOLLOWER, 1), member(LEADER, leaderPort)]);
    answer(null, cluster);
  };
}

function member(state: gossip.MemberInfo.VNodeState, port: number): gossip.MemberInfo {
  const id = new shared.UUID();
  id.setString(crypto.randomUUID());
  const address = new gossip.EndPoint();
  address.setAddress('127.0.0.1');
  address.setPort(port);
  const node = new gossip.MemberInfo();
  node.setInstanceId(id);
  node.setTimeStamp(String(Date.now()));
  node.setState(state);
  node.setIsAlive(true);
  node.setHttpEndPoint(address);
  return node;
}
