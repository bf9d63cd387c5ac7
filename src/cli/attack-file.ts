import { andThen, success, type Outcome } from '../diagnostics/index.js';
import { readSource } from '../node/index.js';
import { builtInAttack, readAttack, type Attack } from '../pack/index.js';

/** The ATT&CK bundle of `--attack`, or what is built in. */
export async function attackOf(path: string | undefined): Promise<Outcome<Attack>> {
  return path === undefined ? success(builtInAttack) : andThen(await readSource(path), readAttack);
}
