import type { ItemModifier } from './modifier.js';

export const itemModifiers: readonly ItemModifier[] = [
  { kind: 'item', name: 'all', family: 'item', about: 'the values of a list are linked by AND' },
  { kind: 'item', name: 'cased', family: 'item', about: 'upper and lower case differ' },
  { kind: 'item', name: 'neq', family: 'item', about: 'the item as a whole is negated' },
];
