import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { fromRoot } from './root.js';

export interface SourceFacts {
  /** From the repository's folder, with slashes. */
  readonly path: string;
  readonly lines: number;
  readonly imports: readonly Import[];
  /** String and template literals; what is put into a template is left out. */
  readonly texts: readonly string[];
  /** What is read off the global `process`: `env`, `on`, … */
  readonly processMembers: readonly string[];
  readonly hasDefaultExport: boolean;
}

export interface Import {
  readonly specifier: string;
  /** `type`: gone at run time. `dynamic`: loaded when it is reached. */
  readonly kind: 'static' | 'type' | 'dynamic';
}

/** Every source file of the five packages, tests included, generated ones not. */
export function readSources(): readonly SourceFacts[] {
  return ['schema', 'ingest', 'server', 'web', 'test']
    .flatMap((name) => filesUnder(name))
    .map((path) => {
      return factsOf(path, readFileSync(fromRoot(path), 'utf8'));
    });
}

function filesUnder(folder: string): readonly string[] {
  return readdirSync(fromRoot(folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return ['node_modules', 'dist', '.turbo'].includes(entry.name) ? [] : filesUnder(path);
    return /\.(ts|tsx|js)$/.test(path) && path !== 'web/src/graphql-env.d.ts' ? [path] : [];
  });
}

export function factsOf(path: string, text: string): SourceFacts {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const imports: Import[] = [];
  const texts: string[] = [];
  const processMembers: string[] = [];
  let hasDefaultExport = false;
  const visit = (node: ts.Node): void => {
    const found = importOf(node);
    if (found) imports.push(found);
    else if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) texts.push(node.text);
    else if (ts.isTemplateExpression(node)) {
      texts.push([node.head.text, ...node.templateSpans.map((span) => span.literal.text)].join(' '));
    } else if (ts.isPropertyAccessExpression(node) && node.expression.getText(file) === 'process') {
      processMembers.push(node.name.text);
    }
    hasDefaultExport ||= isDefaultExport(node);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return { path, lines: text.split('\n').length - 1, imports, texts, processMembers, hasDefaultExport };
}

function importOf(node: ts.Node): Import | null {
  if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
    const isTypeOnly = node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
    return { specifier: node.moduleSpecifier.text, kind: isTypeOnly ? 'type' : 'static' };
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
    return { specifier: node.moduleSpecifier.text, kind: node.isTypeOnly ? 'type' : 'static' };
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    const [argument] = node.arguments;
    if (argument && ts.isStringLiteral(argument)) return { specifier: argument.text, kind: 'dynamic' };
  }
  return null;
}

function isDefaultExport(node: ts.Node): boolean {
  if (ts.isExportAssignment(node)) return !node.isExportEquals;
  if (!ts.canHaveModifiers(node)) return false;
  return ts.getModifiers(node)?.some((modifier) => modifier.kind === ts.SyntaxKind.DefaultKeyword) ?? false;
}
