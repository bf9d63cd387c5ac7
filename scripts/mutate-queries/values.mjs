// Values for the fields of two queries, mutated from the literals that stand in their texts. It knows
// nothing of the rule, nor of how verification makes its own.

/** The texts and numbers of a query, each with the field that is named last before it. */
export function literalsOf(text, fields) {
  const names = [...fields].sort((a, b) => b.length - a.length);
  const places = names.flatMap((name) => {
    const found = [];
    for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1))
      found.push({ at, name });
    return found;
  });
  const literals = new Map([...names, ''].map((name) => [name, []]));
  const token =
    /@?"""([^]*?)"""|@"([^"]*)"|"((?:[^"\\]|\\.)*)"|@?'((?:[^'\\]|\\.)*)'|-?\b\d+(?:\.\d+)?\b/g;
  for (const found of text.matchAll(token)) {
    const [whole, ...quoted] = found;
    const written = quoted.find((each) => each !== undefined) ?? whole;
    const before = places.filter(({ at, name }) => at + name.length <= found.index);
    const owner = before.reduce(
      (best, each) => (each.at > (best?.at ?? -1) ? each : best),
      undefined,
    );
    for (const each of readings(written)) {
      literals.get(owner?.name ?? '').push(each);
      literals.get('').push(each);
    }
  }
  return literals;
}

/** What a written literal may stand for: its escapes once and twice read, its wildcards filled or none. */
function readings(written) {
  const once = written.replace(/\\(.)/gs, (_, next) => next);
  const twice = once.replace(/\\(.)/gs, (_, next) => next);
  const bare = (text) =>
    text.replace(/^\(\?\w+\)|\\+[AzZ]|[\^$]/g, '').replace(/^[*%]+|[*%]+$/g, '');
  const filled = (text) =>
    bare(text)
      .replace(/\.\*|[*%]/g, 'q')
      .replace(/[?]/g, 'z');
  return [...new Set([written, once, twice].flatMap((each) => [bare(each), filled(each)]))];
}

const others = ['', ' ', '0', '-1', 'x', 'true', 'false', '10.0.0.1', '::1', 'a\nb', 'K'];

/** A value near one of these, or a list of two where fields may hold several; undefined for none. */
export function valueOf(random, own, all, lists) {
  const { below, pick, chance } = random;
  if (chance(7)) return chance(30) ? null : undefined;
  const literals = own.length > 0 && chance(85) ? own : all;
  if (literals.length === 0 || chance(4)) return pick(others);
  if (lists && chance(5)) return [edited(random, literals), edited(random, literals)];
  if (chance(25)) {
    const joined = Array.from({ length: 2 + below(4) }, () => pick(literals));
    return joined.join(pick(['', ' ', 'x', '\\']));
  }
  return edited(random, literals);
}

function edited({ below, pick, chance }, literals) {
  const text = String(pick(literals));
  if (chance(35)) return text;
  const at = below(text.length + 1);
  switch (below(10)) {
    case 0:
      return text.toUpperCase();
    case 1:
      return text.toLowerCase();
    case 2:
      return `x${text}`;
    case 3:
      return `${text}x`;
    case 4:
      return `x ${text} y`;
    case 5:
      return text.slice(0, at) + text.slice(at + 1);
    case 6:
      return `${text.slice(0, at)}x${text.slice(at)}`;
    case 7:
      return text.slice(0, at) + swapped(text.charAt(at)) + text.slice(at + 1);
    case 8:
      return /^-?\d+$/.test(text) ? String(Number(text) + below(5) - 2) : text.slice(0, -1);
    default:
      return `${text}\\${pick(literals)}`;
  }
}

const swapped = (letter) =>
  letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase();
