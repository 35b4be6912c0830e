import path from 'node:path';
import ts from 'typescript';
import { readTemplate } from '../../../src/store/tagged-statement.ts';

/** What a program may hold when it has read a value: the driver decides, a declared row promises. */
export type Base = 'string' | 'number' | 'bigint' | 'boolean' | 'Date' | 'Uint8Array' | 'document' | 'anything';

export interface DeclaredType {
  readonly base: Base | 'mixed';
  /** A list of `base`. */
  readonly list: boolean;
  readonly mayBeNull: boolean;
  /** Declared as absent, which no column ever is: where there is nothing, the driver says null. */
  readonly mayBeAbsent: boolean;
  /** As it stands in the source, for whoever reads the failure. */
  readonly words: string;
}

/** One tagged statement of the sources. */
export interface Statement {
  /** Path from the checkout, with forward slashes. */
  readonly file: string;
  readonly line: number;
  /** The function it stands in: what a list names it by, since lines move. */
  readonly within: string;
  /** As it is sent, with `$1` for its first value. */
  readonly text: string;
  /** Whether the type of a value, by its place like `$1`, has no null. */
  isGiven(value: string): boolean;
  /** The columns its caller says it answers; undefined where the answer is not looked at. */
  readonly row: ReadonlyMap<string, DeclaredType> | undefined;
}

const tags = new Set(['$queryRaw', '$executeRaw', '$writeRaw']);

/** Every tagged statement of these files, by their paths from the checkout, its row type resolved by the compiler. */
export function readStatements(checkout: string, files: readonly string[]): readonly Statement[] {
  const config: unknown = ts.readConfigFile(path.join(checkout, 'tsconfig.json'), ts.sys.readFile).config;
  const { options } = ts.parseJsonConfigFileContent(config, { ...ts.sys, readDirectory: () => [] }, checkout);
  const program = ts.createProgram(
    files.map((file) => path.join(checkout, file)),
    options,
  );
  const checker = program.getTypeChecker();
  return files.flatMap((file) => {
    const source = program.getSourceFile(path.join(checkout, file));
    return source === undefined ? [] : statementsOf(source, file, checker);
  });
}

function statementsOf(source: ts.SourceFile, file: string, checker: ts.TypeChecker): Statement[] {
  const found: Statement[] = [];
  const visit = (node: ts.Node, within: string): void => {
    const inside = nameOfFunction(node) ?? within;
    if (
      ts.isTaggedTemplateExpression(node) &&
      ts.isPropertyAccessExpression(node.tag) &&
      tags.has(node.tag.name.text)
    ) {
      const line = source.getLineAndCharacterOfPosition(node.tag.name.getStart(source)).line + 1;
      found.push({
        file,
        line,
        within: inside,
        text: textOf(node.template),
        isGiven: (value) => isGiven(node.template, value, checker),
        row: rowOf(node, checker),
      });
    }
    node.forEachChild((child) => visit(child, inside));
  };
  visit(source, '(file)');
  return found;
}

/** The name of a function or of the constant or property that holds it, at the outermost level only. */
function nameOfFunction(node: ts.Node): string | undefined {
  if (ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node)) return node.name?.getText();
  if (!ts.isVariableDeclaration(node) && !ts.isPropertyAssignment(node)) return undefined;
  const { initializer } = node;
  const isFunction =
    initializer !== undefined && (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer));
  return isFunction ? node.name.getText() : undefined;
}

/** The template as the product itself numbers it. */
function textOf(template: ts.TemplateLiteral): string {
  const parts = ts.isNoSubstitutionTemplateLiteral(template)
    ? [template.text]
    : [template.head.text, ...template.templateSpans.map(({ literal }) => literal.text)];
  return readTemplate(Object.assign(parts, { raw: parts })).text;
}

function isGiven(template: ts.TemplateLiteral, value: string, checker: ts.TypeChecker): boolean {
  const spans = ts.isNoSubstitutionTemplateLiteral(template) ? [] : template.templateSpans;
  const span = spans[Number(value.slice(1)) - 1];
  if (span === undefined) return false;
  const { mayBeNull, mayBeAbsent } = typeOf(checker.getTypeAtLocation(span.expression), checker);
  return !mayBeNull && !mayBeAbsent;
}

/** Undefined for a row that says nothing of its columns: `unknown`, or `unknown` under every name. */
function rowOf(node: ts.TaggedTemplateExpression, checker: ts.TypeChecker): Statement['row'] {
  const [declared] = node.typeArguments ?? [];
  // Where none is written, the compiler takes what the place expects.
  const rows =
    declared === undefined
      ? checker.getAwaitedType(checker.getTypeAtLocation(node))
      : checker.getTypeFromTypeNode(declared);
  if (rows === undefined || (rows.flags & (ts.TypeFlags.Unknown | ts.TypeFlags.NumberLike | ts.TypeFlags.Void)) !== 0)
    return undefined;
  const row = checker.getIndexTypeOfType(rows, ts.IndexKind.Number);
  if (row === undefined) throw new Error(`not a list of rows: ${checker.typeToString(rows)}`);
  const named = checker.getIndexTypeOfType(row, ts.IndexKind.String);
  if (isUnknown(row) || (named !== undefined && isUnknown(named))) return undefined;
  return new Map(
    checker
      .getPropertiesOfType(row)
      .map((property) => [property.getName(), typeOf(checker.getTypeOfSymbol(property), checker)]),
  );
}

const isUnknown = ({ flags }: ts.Type): boolean => (flags & ts.TypeFlags.Unknown) !== 0;

function typeOf(type: ts.Type, checker: ts.TypeChecker): DeclaredType {
  const parts = type.isUnion() ? type.types : [type];
  const held = parts.filter(({ flags }) => (flags & (ts.TypeFlags.Null | ts.TypeFlags.Undefined)) === 0);
  const lists = held.filter((part) => checker.isArrayType(part));
  const list = lists.length > 0 && lists.length === held.length;
  const elements = list ? lists.flatMap((part) => elementsOf(part, checker)) : held;
  const bases = [...new Set(elements.map(baseOf))];
  return {
    base: bases.length === 1 ? (bases[0] ?? 'mixed') : 'mixed',
    list,
    mayBeNull: parts.some(({ flags }) => (flags & (ts.TypeFlags.Null | ts.TypeFlags.Unknown | ts.TypeFlags.Any)) !== 0),
    mayBeAbsent: parts.some(({ flags }) => (flags & ts.TypeFlags.Undefined) !== 0),
    words: checker.typeToString(type, undefined, ts.TypeFormatFlags.NoTruncation),
  };
}

function elementsOf(list: ts.Type, checker: ts.TypeChecker): readonly ts.Type[] {
  const element = checker.getIndexTypeOfType(list, ts.IndexKind.Number);
  if (element === undefined) return [];
  const parts = element.isUnion() ? element.types : [element];
  return parts.filter(({ flags }) => (flags & ts.TypeFlags.Null) === 0);
}

function baseOf(type: ts.Type): Base {
  const { flags } = type;
  if ((flags & (ts.TypeFlags.Unknown | ts.TypeFlags.Any)) !== 0) return 'anything';
  if ((flags & ts.TypeFlags.StringLike) !== 0) return 'string';
  if ((flags & ts.TypeFlags.NumberLike) !== 0) return 'number';
  if ((flags & ts.TypeFlags.BigIntLike) !== 0) return 'bigint';
  if ((flags & ts.TypeFlags.BooleanLike) !== 0) return 'boolean';
  const name = type.getSymbol()?.getName();
  return name === 'Date' || name === 'Uint8Array' ? name : 'document';
}
