import type { Command } from '../command.js';
import { bin } from './bin.js';
import { fields, fillnull, rename, table } from './columns.js';
import { append, makeresults, multisearch, union } from './combine.js';
import { evaluate, search, where } from './filters.js';
import { makemv, mvexpand } from './multivalue.js';
import { dedup, head, reverse, sort, tail } from './order.js';
import { regex, rex } from './patterns.js';
import { eventstats, stats } from './stats.js';
import { streamstats } from './streamstats.js';
import { tstats } from './tstats.js';

/** The commands, by name in lower case. */
export const commands: ReadonlyMap<string, Command> = new Map(
  Object.entries({
    append,
    bin,
    bucket: bin,
    dedup,
    eval: evaluate,
    eventstats,
    fields,
    fillnull,
    head,
    makemv,
    makeresults,
    multisearch,
    mvexpand,
    regex,
    rename,
    reverse,
    rex,
    search,
    sort,
    stats,
    streamstats,
    table,
    tail,
    tstats,
    union,
    where,
  }),
);
