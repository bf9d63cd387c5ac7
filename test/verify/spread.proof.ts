import { expect, test } from 'vitest';
import { convert } from '../../src/convert.js';
import { loadPipeline } from '../../src/pipeline/index.js';
import { loadBackend } from '../../src/render/index.js';
import { against, verify } from '../../src/verify/index.js';
import { convertOptions, options } from './subjects.js';

const text = `
title: T
logsource: { product: windows, category: create_remote_thread }
detection: { s: { TargetImage|endswith: '\\lsass.exe' }, condition: s }
`;
const query = (path: string) =>
  `DeviceEvents | where ActionType == "CreateRemoteThreadApiCall" | where ${path} endswith @"\\lsass.exe"`;

// Folder and name are columns of their own, or the folder has the name at its end.
test.each([
  ['iff(FolderPath endswith FileName, FolderPath, strcat(FolderPath, @"\\", FileName))', 'equal'],
  ['iff(FolderPath endswith FileName, FolderPath, strcat(FolderPath, FileName))', 'diverges'],
  [
    'iff(FolderPath contains FileName, FolderPath, strcat(FolderPath, @"\\", FileName))',
    'diverges',
  ],
  ['strcat(FolderPath, @"\\", FileName)', 'diverges'],
])('a path in two columns is tried in every way: %s', async (path, verdict) => {
  const pipeline = (await loadPipeline('sentinel', 'kql'))!;
  const destination = { backend: await loadBackend('kql'), pipelines: [pipeline] };
  const [own] = convert([{ name: 'rule.yml', text }], [destination], convertOptions);
  expect(verify(against(own!, query(path)), options)).toMatchObject({ verdict });
});
