import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** `value` is loaded with the file, `lazy` when `import()` is reached, `type` never. */
export interface Import {
  /** A path from the checkout (`src/…`) when it was relative, else the package's specifier. */
  readonly from: string;
  readonly kind: 'value' | 'type' | 'lazy';
}

/** What the house rules look at. Plain values, so that a test can plant a violation. */
export interface SourceFile {
  /** Path from the checkout, with forward slashes. */
  readonly file: string;
  readonly imports: readonly Import[];
  /** Calls and properties by their text: `Date.now`, `new Date()`, `setTimeout()`, `.db`. */
  readonly uses: readonly string[];
  /** Every literal a person could read. */
  readonly strings: readonly string[];
  readonly text: string;
}

/** Reads every TypeScript file under `folder` but what a program wrote. */
export function readSources(checkout: string, folder: string): SourceFile[] {
  return readdirSync(path.join(checkout, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => path.posix.join(folder, name.split(path.sep).join('/')))
    .filter((file) => /\.tsx?$/.test(file) && !file.startsWith('src/generated/'))
    .sort()
    .map((file) => readSource(file, readFileSync(path.join(checkout, file), 'utf8')));
}

/** The facts of one file. */
export function readSource(file: string, text: string): SourceFile {
  const imports: Import[] = [];
  const uses: string[] = [];
  const strings: string[] = [];
  const add = (specifier: ts.Node | undefined, kind: Import['kind']): void => {
    if (specifier !== undefined && ts.isStringLiteralLike(specifier)) {
      imports.push({ from: resolve(file, specifier.text), kind });
    }
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) return add(node.moduleSpecifier, onlyTypes(node.importClause) ? 'type' : 'value');
    if (ts.isExportDeclaration(node)) return add(node.moduleSpecifier, node.isTypeOnly ? 'type' : 'value');
    if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference)) {
      return add(node.moduleReference.expression, 'value');
    }
    if (ts.isImportTypeNode(node)) {
      if (ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, 'type');
      return;
    }
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) {
      strings.push(node.text);
    } else if (ts.isJsxText(node)) strings.push(node.text.trim());
    else if (ts.isCallExpression(node)) {
      if (node.expression.kind === ts.SyntaxKind.ImportKeyword) add(node.arguments[0], 'lazy');
      else if (ts.isIdentifier(node.expression)) uses.push(`${node.expression.text}()`);
    } else if (ts.isNewExpression(node) && ts.isIdentifier(node.expression)) {
      uses.push(`new ${node.expression.text}(${(node.arguments?.length ?? 0) === 0 ? '' : '…'})`);
    } else if (ts.isPropertyAccessExpression(node)) {
      if (ts.isIdentifier(node.expression)) uses.push(`${node.expression.text}.${node.name.text}`);
      uses.push(`.${node.name.text}`);
    } else if (ts.isBindingElement(node) && ts.isIdentifier(node.propertyName ?? node.name)) {
      uses.push(`.${(node.propertyName ?? node.name).getText(tree)}`);
    }
    ts.forEachChild(node, visit);
  };
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  ts.forEachChild(tree, visit);
  return { file, imports, uses, strings, text };
}

function onlyTypes(clause: ts.ImportClause | undefined): boolean {
  if (clause === undefined) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const named = clause.namedBindings;
  return (
    clause.name === undefined &&
    named !== undefined &&
    ts.isNamedImports(named) &&
    named.elements.length > 0 &&
    named.elements.every((element) => element.isTypeOnly)
  );
}

function resolve(file: string, specifier: string): string {
  return specifier.startsWith('.') ? path.posix.join(path.posix.dirname(file), specifier) : specifier;
}
