type Tree = Readonly<Record<string, unknown>>;

/** A configuration as YAML, as the command line takes it with `--file`. */
export function configYaml(config: Tree, indent = ''): string {
  return Object.entries(config)
    .map(([name, value]) =>
      isTree(value)
        ? `${indent}${name}:\n${configYaml(value, `${indent}  `)}`
        : // JSON's texts, numbers and lists are YAML's too.
          `${indent}${name}: ${JSON.stringify(value)}\n`,
    )
    .join('');
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
