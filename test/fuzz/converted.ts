import { convert, type Conversion, type Destination } from '../../src/convert.js';
import { readerOf } from '../../src/dialects/readers/index.js';
import { loadBackend, type BackendId } from '../../src/render/index.js';
import { convertOptions } from '../verify/subjects.js';
import { fault } from './part.js';
import type { Watch } from './watch.js';

/**
 * What a backend alone makes of a rule, if it does not refuse it. What its language would not read back,
 * it should not have written.
 */
export async function converted(
  text: string,
  { backend, pipelines }: Destination,
  watch: Watch,
): Promise<(Conversion & Required<Pick<Conversion, 'made'>>) | undefined> {
  const { id } = backend.manifest;
  const reading = { backend: await loadBackend(id as BackendId, readerOf(id)), pipelines };
  const made = await watch(`conversion for ${id}`, text.length, () =>
    convert([{ name: 'rule.yml', text }], [{ backend, pipelines }, reading], convertOptions),
  );
  const broken = made
    .flatMap(({ diagnostics }) => diagnostics)
    .find(({ code }) => code === 'render/broke-out');
  if (broken) throw fault('broke out', broken.message);
  const [first] = made;
  return first?.made && { ...first, made: first.made };
}
