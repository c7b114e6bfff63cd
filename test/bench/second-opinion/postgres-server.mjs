import { startCluster } from '../../servers/postgres-cluster.mjs';

/** For one question at a time over much data; what it holds is thrown away, so nothing is forced to disk. */
const settings = {
  listen_addresses: '',
  shared_buffers: '1GB',
  work_mem: '512MB',
  maintenance_work_mem: '512MB',
  max_parallel_workers_per_gather: '2',
  max_parallel_workers: '2',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '8GB',
  autovacuum: 'off',
  jit: 'off',
  join_collapse_limit: '1',
  dynamic_shared_memory_type: 'mmap',
};

/**
 * A server of its own for the second opinion, reached over a socket.
 *
 * @returns the folder of its socket, and how to stop it, which takes the cluster away
 */
export function startPostgres() {
  return startCluster(settings);
}
