/** What stands in a manifest where the language has no words: the reason. */
export interface Unsupported {
  readonly unsupported: string;
}
