import { Document, isMap, isPair, isScalar, isSeq, visit } from 'yaml';

/** What is as short as this stands on one line. */
const longestLine = 90;

/** The value's lines: lists and maps of plain values on one line, where they are short and not the value itself. */
export function yamlLines(value: unknown): readonly string[] {
  const document = new Document(value);
  visit(document, {
    Scalar(_, node) {
      // What ends in empty lines would as a block run into whatever follows it.
      if (typeof node.value === 'string' && node.value !== node.value.trim()) node.type = 'QUOTE_DOUBLE';
    },
    Collection(_, node, path) {
      const isRoot = path.length === 1;
      if (isRoot || !(isMap(node) || isSeq(node))) return undefined;
      const leaves = node.items.map((item) => (isPair(item) ? item.value : item));
      const isPlain = leaves.every((leaf) => isScalar(leaf) && !String(leaf.value).includes('\n'));
      if (isPlain && JSON.stringify(node.toJS(document)).length <= longestLine) node.flow = true;
      return undefined;
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: true }).trimEnd().split('\n');
}

/** A section: a list of entries, or where there is one only the entry itself. */
export function printSection(key: string, entries: readonly unknown[], isSingle: boolean): string {
  if (!isSingle && entries.length === 0) return `${key}: []\n`;
  if (!isSingle) return `${[`${key}:`, ...entries.flatMap((entry) => behind('  - ', yamlLines(entry)))].join('\n')}\n`;
  const lines = yamlLines(entries[0]);
  const isOnOneLine = lines.length === 1 && /^[[{]/.test(lines[0] ?? '');
  return isOnOneLine ? `${key}: ${lines.join('')}\n` : `${[`${key}:`, ...behind('  ', lines)].join('\n')}\n`;
}

/** Empty lines stay so: within a text they are its own. */
function behind(first: string, lines: readonly string[]): readonly string[] {
  const rest = ' '.repeat(first.length);
  return lines.map((line, index) => (line === '' ? '' : `${index === 0 ? first : rest}${line}`));
}
