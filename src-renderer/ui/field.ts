import { getContext, setContext } from 'svelte';

/** What ties a control to the label, the description and the error of its field. */
export interface ControlAttributes {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
}

const key = Symbol('field');

/** Called by a field: the control in it takes these. Null where the field labels a group of controls. */
export function provideControl(attributes: () => ControlAttributes | null): void {
  setContext(key, attributes);
}

/**
 * Called by a control when it is made: the attributes that tie it to the field around it; none outside of a field. A control
 * with a label of its own (`aria-label`) is a second one in its field, and is not the one that the field labels.
 */
export function takeControl(own: {
  readonly 'aria-label'?: string | null | undefined;
}): () => Partial<ControlAttributes> {
  const attributes = getContext<(() => ControlAttributes | null) | undefined>(key);
  return () => {
    const given = attributes?.() ?? {};
    if (own['aria-label'] === undefined || own['aria-label'] === null) return given;
    const { id: _id, ...rest } = given as Partial<ControlAttributes>;
    return rest;
  };
}
