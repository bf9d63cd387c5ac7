/**
 * The order of the rooms of src/: each may import from those before it, through their index only. The
 * data of pipelines have a door of their own, for rooms that may know nothing else of them.
 */
const rooms = {
  diagnostics: [],
  bundled: [],
  syntax: ['diagnostics', 'bundled'],
  regex: ['diagnostics'],
  ir: ['diagnostics', 'syntax'],
  lower: ['diagnostics', 'syntax', 'regex', 'ir'],
  evaluate: ['diagnostics', 'syntax', 'regex', 'ir', 'bundled'],
  'pipeline/model': ['diagnostics', 'syntax', 'regex', 'ir'],
  pipeline: ['diagnostics', 'syntax', 'regex', 'ir', 'bundled'],
  rows: ['diagnostics', 'syntax', 'ir', 'pipeline/model'],
  plan: ['diagnostics', 'syntax', 'regex', 'ir'],
  render: ['diagnostics', 'syntax', 'regex', 'ir', 'plan', 'bundled'],
  dialects: ['diagnostics', 'regex'],
  lint: ['diagnostics', 'syntax', 'ir'],
  migrate: ['diagnostics', 'syntax'],
  pack: ['diagnostics', 'syntax', 'ir', 'pipeline', 'plan', 'render', 'bundled'],
  verify: [
    'diagnostics',
    'syntax',
    'regex',
    'ir',
    'lower',
    'evaluate',
    'pipeline',
    'rows',
    'plan',
    'render',
    'dialects',
  ],
};

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'host-free',
      comment: 'Only src/node and src/cli touch the host.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(node|cli)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'one-door',
      comment: 'A room is entered through its index.',
      severity: 'error',
      from: { path: '^src/([^/]+)/' },
      to: {
        path: '^src/([^/]+)/',
        pathNot:
          '^src/($1/|bundled/|[^/]+/index\\.ts$|dialects/[^/]+/index\\.ts$|pipeline/model/index\\.ts$)',
      },
    },
    ...Object.entries(rooms).map(([room, before]) => ({
      name: `order-${room.replace('/', '-')}`,
      severity: 'error',
      from: { path: `^src/${room}/` },
      to: { path: '^src/', pathNot: `^src/(${[room, ...before].join('|')})/` },
    })),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: ['.ts', '.js'] },
  },
};
