import type { Entries } from './entry.js';

export const pack = {
  'pack/invalid': {
    severity: 'error',
    message: 'pack.yml: {reason}',
    about: 'The file does not have the shape that schema/pack.schema.json describes.',
  },
  'pack/unknown-format': {
    severity: 'error',
    message: 'there is no format {id}',
    about: '`isosigma list formats` names the formats that a pack can have.',
  },
  'pack/unknown-backend': {
    severity: 'error',
    message: 'there is no query language {id}',
    about: '`isosigma list backends` names the query languages.',
  },
  'pack/unlisted-backend': {
    severity: 'error',
    message: 'no target has the query language {id}',
    about:
      'A rule is said by one of the languages of a target; an override only puts them in another order.',
  },
  'pack/no-files': {
    severity: 'error',
    message: 'no file is called {pattern}',
    about:
      'A pattern of `rules` in pack.yml, which starts from the folder of pack.yml, finds nothing.',
  },
  'pack/unknown-rule': {
    severity: 'warning',
    message: 'no rule of the pack has the id {id}',
    about: 'A schedule of `overrides` in pack.yml is for a rule that is not there.',
  },
  'pack/wrong-backend': {
    severity: 'error',
    message: 'the format {format} takes {backends}, and the target gives {given}',
    about: 'A format is made from queries in the languages that its platform runs.',
  },
  'pack/refused': {
    severity: 'warning',
    message: '{title}: refused for {target}: {reason}',
    about:
      'The rule has no exact query for the target, and so no artefact. The manifest lists it with the reason.',
  },
  'pack/unverified': {
    severity: 'error',
    message: 'nothing runs {backend}, so that nobody has seen what the query finds',
    about:
      'A certificate of such a language is UNVERIFIED: what it would promise is only claimed. A pack leaves the query out; `allow: [unverified]` at the target takes it in.',
  },
  'pack/over-limit': {
    severity: 'warning',
    message: '{title}: not in {reason}',
    about:
      'The platform would refuse the artefact: the query is too long, or its look-back does not fit a schedule.',
  },
  'pack/diverges': {
    severity: 'error',
    message: '{title}: {what} for {target} does not mean what the rule means',
    about:
      'Running the query beside the rule found events on which they differ; `isosigma verify` shows them. The pack is not written.',
  },
  'pack/no-rules': {
    severity: 'error',
    message: 'the pack has no rule',
    about: 'No file of `rules` in pack.yml has a rule, or the filter leaves none.',
  },
  'pack/same-path': {
    severity: 'error',
    message: 'two artefacts would be written to {path}',
    about: 'Two targets of the pack make the same file: give one format only once.',
  },
  'pack/same-id': {
    severity: 'error',
    message: 'the id {id} is used by two rules of the pack',
    about: 'The id is what a SIEM knows a rule by: the second would overwrite the first.',
  },
  'pack/same-name': {
    severity: 'error',
    message: 'the name {name} is used by two rules in {format}',
    about:
      'The platform takes a name only once, and would refuse the second rule or overwrite the first: give one another title. Sentinel and Elastic know rules by their ids, and take a name as often as you like.',
  },
  'pack/attack-unknown': {
    severity: 'info',
    message: 'the ATT&CK id {id} is not in version {version}',
    about: 'A tag names an object that the given ATT&CK bundle does not have.',
  },
  'pack/attack-revoked': {
    severity: 'warning',
    message: 'the ATT&CK id {id} is {status}',
    about: 'ATT&CK has replaced the object or withdrawn it.',
  },
  'pack/attack-file': {
    severity: 'error',
    message: '{path} is no STIX bundle of ATT&CK',
    about: 'Expected is `enterprise-attack.json` as MITRE publishes it.',
  },
  'pack/not-a-pack': {
    severity: 'error',
    message: 'there is no readable manifest.json in {path}',
    about: 'A pack is a folder that `isosigma pack build` wrote.',
  },
  'pack/file-differs': {
    severity: 'error',
    message: '{path}: {how}',
    about:
      'A file of the pack is not what the manifest says: changed, missing, or in the folder without being in the manifest.',
  },
  'pack/not-reproduced': {
    severity: 'error',
    message: '{path} does not come out of the rules again: {how}',
    about:
      'Building the pack once more from its pack.yml gives other bytes: the rules, the tool or the pack were changed.',
  },
  'pack/other-tool': {
    severity: 'warning',
    message: 'the pack was built with Isosigma {was}, and this is {is}',
    about: 'Another version may write other bytes: verify a pack with the version that built it.',
  },
  'pack/other-attack': {
    severity: 'error',
    message: 'the pack was built with ATT&CK {was}, and this is {is}',
    about: 'Its bundle is not in the pack: give the same `enterprise-attack.json` with --attack.',
  },
  'pack/needs-pack-file': {
    severity: 'error',
    message: 'the pack cannot be built again from what lies in it alone, without {path}',
    about:
      'A pack holds its rules and its pack.yml, and no pipeline files: --pack names the pack.yml that lies beside these.',
  },
  'pack/signature': {
    severity: 'error',
    message: 'the signature of the pack is not good: {reason}',
    about:
      '`manifest.json.minisig` must be a signature of manifest.json by the key that was given.',
  },
  'pack/key': {
    severity: 'error',
    message: '{path}: {reason}',
    about:
      'A minisign key file: `minisign -G -W` makes one without a password. Keys with a password are not read.',
  },
  'pack/version-does-not-fit': {
    severity: 'error',
    message: 'version {next} after {previous} does not fit: {reason}',
    about:
      'Semantic versions for content: a removed rule is a major change, an added rule or another meaning is a minor one, other text is a patch.',
  },
  'pack/foreign-folder': {
    severity: 'error',
    message: '{path} is not empty and no pack',
    about: 'A build replaces the output folder as a whole, and so only replaces a pack.',
  },
} as const satisfies Entries<'pack'>;
