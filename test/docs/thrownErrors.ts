import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { errorMeanings, isErrorCode, type ErrorCode } from '../../src-main/foundation/errorCodes.ts';
import { root } from './markdown.ts';

/** One place in the source that makes an error. */
export interface ThrownError {
  code: ErrorCode;
  /** What it advises, `…` for what is filled in; several where the case decides, none where it comes from elsewhere. */
  nextSteps: string[];
  kind: string;
  /** The folder of the source that it is in: `src-main/queue`. */
  folder: string;
}

/** Every place in the source that makes an error with a code of the catalogue, found in its syntax. */
export function thrownErrors(): ThrownError[] {
  return ['src-main', 'src-renderer'].flatMap((side) =>
    readdirSync(join(root, side), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .map((path) => join(side, path))
      .sort()
      .flatMap(errorsIn),
  );
}

/** Most files name no code, and need not be parsed. */
const anyCode = new RegExp(`['"](${Object.keys(errorMeanings).join('|')})['"]`);

function errorsIn(path: string): ThrownError[] {
  const text = readFileSync(join(root, path), 'utf8');
  if (!anyCode.test(text)) return [];
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const folder = path.split(/[/\\]/).slice(0, 2).join('/');
  const found: ThrownError[] = [];
  const visit = (node: ts.Node): void => {
    for (const { codes, nextStep, kind } of [...madeBy(node)]) {
      const nextSteps = nextStep === undefined ? [] : textsOf(nextStep, file);
      for (const code of codes) found.push({ code, nextSteps, kind, folder });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

interface Made {
  codes: ErrorCode[];
  nextStep: ts.Node | undefined;
  kind: string;
}

/** A call with a code, the fact and the next step as arguments in this order, or a report as an object. */
function* madeBy(node: ts.Node): Generator<Made> {
  if (ts.isNewExpression(node) || ts.isCallExpression(node)) {
    const values = node.arguments ?? ts.factory.createNodeArray<ts.Expression>();
    const place = values.slice(0, 2).findIndex((value) => codesOf(value).length > 0);
    const [code, , nextStep] = values.slice(Math.max(0, place));
    if (place < 0 || !code || !nextStep) return;
    yield { codes: codesOf(code), nextStep, kind: kindIn(node) ?? kindIn(calledFunction(node)) ?? 'input' };
  } else if (ts.isObjectLiteralExpression(node)) {
    const [code, nextStep] = ['code', 'nextStep'].map((name) => propertyOf(node, name));
    const codes = code && ts.isPropertyAssignment(code) ? codesOf(code.initializer) : [];
    if (codes.length === 0 || !nextStep) return;
    yield {
      codes,
      nextStep: ts.isPropertyAssignment(nextStep) ? nextStep.initializer : nextStep.name,
      kind: kindIn(node) ?? 'input',
    };
  }
}

function propertyOf(node: ts.ObjectLiteralExpression, name: string): ts.ObjectLiteralElementLike | undefined {
  return node.properties.find((property) => property.name?.getText() === name);
}

function codesOf(node: ts.Expression): ErrorCode[] {
  if (ts.isConditionalExpression(node)) return [...codesOf(node.whenTrue), ...codesOf(node.whenFalse)];
  return ts.isStringLiteral(node) && isErrorCode(node.text) ? [node.text] : [];
}

function kindIn(node: ts.Node | undefined): string | undefined {
  return node && /kind: '(\w+)'/.exec(node.getText())?.[1];
}

/** The function of the same file that is called, which may be one that makes errors for the others. */
function calledFunction({ expression }: ts.NewExpression | ts.CallExpression): ts.Node | undefined {
  const file = expression.getSourceFile();
  return ts.isIdentifier(expression) ? declarationOf(expression.text, file) : undefined;
}

function declarationOf(name: string, file: ts.SourceFile): ts.Node | undefined {
  let found: ts.Node | undefined;
  const visit = (node: ts.Node): void => {
    const isFunction = ts.isFunctionDeclaration(node) || ts.isVariableDeclaration(node);
    if (isFunction && node.name?.getText() === name) found ??= node;
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** All texts that an expression can be. */
function textsOf(node: ts.Node, file: ts.SourceFile): string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isConditionalExpression(node)) {
    return [...textsOf(node.whenTrue, file), ...textsOf(node.whenFalse, file)];
  }
  if (ts.isBinaryExpression(node)) {
    const [left, right] = [textsOf(node.left, file), textsOf(node.right, file)];
    return node.operatorToken.kind === ts.SyntaxKind.PlusToken
      ? left.flatMap((start) => right.map((end) => start + end))
      : [...left, ...right];
  }
  if (ts.isTemplateExpression(node)) {
    return node.templateSpans.reduce(
      (starts, { expression, literal }) => {
        const known = textsOf(expression, file);
        const filled = known.length > 0 ? known : ['…'];
        return starts.flatMap((start) => filled.map((text) => start + text + literal.text));
      },
      [node.head.text],
    );
  }
  return ts.isIdentifier(node) ? textsOfName(node, file) : [];
}

/** What a constant is, or what the callers in the same file give for a parameter. */
function textsOfName({ text, parent }: ts.Identifier, file: ts.SourceFile): string[] {
  const owner = ts.findAncestor(parent, ts.isFunctionDeclaration);
  const place = owner?.parameters.findIndex(({ name }) => name.getText() === text) ?? -1;
  const constant = declarationOf(text, file);
  if (place < 0) {
    const isKnown = constant && ts.isVariableDeclaration(constant) && constant.initializer;
    return isKnown ? textsOf(isKnown, file) : [];
  }
  const usual = owner?.parameters[place]?.initializer;
  const found = usual ? textsOf(usual, file) : [];
  const visit = (node: ts.Node): void => {
    const argument = ts.isCallExpression(node) ? node.arguments[place] : undefined;
    if (ts.isCallExpression(node) && node.expression.getText() === owner?.name?.text && argument) {
      found.push(...textsOf(argument, file));
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}
