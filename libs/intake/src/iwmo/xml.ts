import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** One element, its name resolved by namespace: which prefix a sender chose means nothing. */
export interface Element {
  namespace: string;
  name: string;
  children: Element[];
  text: string;
}

/** The most characters of one message file (25 MB, iStandaarden OP179). */
export const maxXmlLength = 26_214_400;

export class XmlRefused extends Error {
  override readonly name = 'XmlRefused';
  constructor(
    readonly code: 'xml-invalid' | 'xml-doctype' | 'file-too-large',
    message: string,
  ) {
    super(message);
  }
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  ignoreDeclaration: true,
  ignorePiTags: true,
  // Codes such as 01 and numbers of decisions are texts, not numbers.
  parseTagValue: false,
  parseAttributeValue: false,
  maxNestedTags: 50,
});

/**
 * The root element of a document. Throws {@link XmlRefused} when it is not well-formed, too large, or declares a
 * document type: no message needs one, and entities are how a small file grows or reads another.
 */
export function parseXml(xml: string): Element {
  if (xml.length > maxXmlLength) {
    throw new XmlRefused(
      'file-too-large',
      `A message file has at most ${maxXmlLength} characters; split it.`,
    );
  }
  if (/<!(DOCTYPE|ENTITY)/i.test(xml)) {
    throw new XmlRefused('xml-doctype', 'The file declares a document type or an entity; send it without.');
  }
  const nodes = parsedNodes(xml);
  const roots = nodes.map((node) => elementOf(node, new Map())).filter((element) => element !== undefined);
  if (roots.length !== 1) throw new XmlRefused('xml-invalid', 'The file must have exactly one root element.');
  return roots[0]!;
}

type Node = Record<string, unknown>;

function parsedNodes(xml: string): Node[] {
  const wellFormed = XMLValidator.validate(xml);
  if (wellFormed !== true) {
    // Only the place: the parser's own sentence may repeat what the file says of a person.
    const { line, col } = wellFormed.err;
    throw new XmlRefused(
      'xml-invalid',
      `The file is no well-formed XML near line ${line}, column ${col ?? 1}.`,
    );
  }
  try {
    return parser.parse(xml) as Node[];
  } catch {
    throw new XmlRefused(
      'xml-invalid',
      'The file is no well-formed XML, or nests deeper than any message does.',
    );
  }
}

const attributesKey = ':@';
const textKey = '#text';

function elementOf(node: Node, outer: ReadonlyMap<string, string>): Element | undefined {
  const tag = Object.keys(node).find((key) => key !== attributesKey && key !== textKey);
  if (tag === undefined) return undefined;
  const namespaces = namespacesOf(node[attributesKey] as Record<string, string> | undefined, outer);
  const nodes = node[tag] as Node[];
  const [prefix, name] = tag.includes(':') ? (tag.split(':', 2) as [string, string]) : ['', tag];
  return {
    namespace: namespaces.get(prefix) ?? '',
    name,
    children: nodes.map((child) => elementOf(child, namespaces)).filter((child) => child !== undefined),
    text: nodes.map((child) => (child[textKey] as string | undefined) ?? '').join(''),
  };
}

function namespacesOf(
  attributes: Record<string, string> | undefined,
  outer: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const declared = Object.entries(attributes ?? {}).filter(([name]) => /^xmlns(:|$)/.test(name));
  if (declared.length === 0) return outer;
  return new Map([...outer, ...declared.map(([name, uri]) => [name.slice('xmlns:'.length), uri] as const)]);
}

/** All elements at the end of a path of names, in document order. */
export function elementsAt(from: Element, ...path: string[]): Element[] {
  return path.reduce<Element[]>(
    (elements, name) =>
      elements.flatMap((element) => element.children.filter((child) => child.name === name)),
    [from],
  );
}

/** The text of the first element at the end of a path, or `undefined` when there is none or it is empty. */
export function textAt(from: Element, ...path: string[]): string | undefined {
  return elementsAt(from, ...path)[0]?.text.trim() || undefined;
}
