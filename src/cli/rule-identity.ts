import type { ResolvedRule } from '../syntax/index.js';

/** How results name a rule. */
export interface RuleIdentity {
  readonly id?: string;
  readonly title: string;
  readonly file: string;
}

export function identityOf({ document }: ResolvedRule): RuleIdentity {
  const { id, title, span } =
    document.kind === 'broken'
      ? document
      : {
          id: document.header.id?.value,
          title: document.header.title.value,
          span: document.header.span,
        };
  return { ...(id !== undefined && { id }), title: title ?? '', file: span.source.name };
}
