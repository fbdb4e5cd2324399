import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMatcher, mineTemplates } from './mine.ts';
import { tokenize } from './tokenize.ts';

const mine = (messages: readonly string[]) => mineTemplates(messages.map((message) => ({ tokens: tokenize(message), count: 1 })));
const templatesOf = (...messages: string[]): string[] => [...mine(messages).templates].sort();

/** Templates of the messages, by message, so that results of different orders can be compared. */
const byMessage = (messages: readonly string[]): Record<string, string> => {
  const { templates, templateOf } = mine(messages);
  return Object.fromEntries(messages.map((message, i) => [message, templates[templateOf[i] ?? -1] ?? 'none']));
};

const word = fc.constantFrom('reason:', 'state', 'by', 'to', 'IOError', 'quorum', 'lost', 'a=b', 'INFO', 'fe', 'Lee', 'connection', 'opened', 'closed', 'user', 'root', 'alice', 'db.example.com', 'cache.example.org', 'id=7', 'key=value', '"a b"', '[x,y]', '10.0.0.1:80', '-', '12', 'KB', 'GET', '(', ')', 'Mon', '/var/log/a', 'it\'s', '{"a":1}', 'Foo.bar:12', ':', ',');
const message = fc.array(word, { minLength: 1, maxLength: 9 }).map((words) => words.join(' '));
const log = fc.array(message, { minLength: 1, maxLength: 60 });

describe('what becomes one template', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['numbers, addresses, sizes', ['sent 12 bytes to 10.0.0.1:80', 'sent 4 KB to 10.2.0.1:443'], ['sent <*> to <*>']],
    ['host names', ['lookup of db.example.com failed', 'lookup of cache.example.org failed'], ['lookup of <*> failed']],
    ['host names twice', ['route from a.example.com to b.example.com lost', 'route from c.example.com to d.example.com lost'], ['route from <*> to <*> lost']],
    ['values of keys', ['login ok user=alice role=admin', 'login ok user=bob role=guest'], ['login ok user=<*> role=<*>']],
    ['names of users', ['desk freed by user alice', 'desk freed by user bob', 'desk freed by user carol'], ['desk freed by user <*>']],
    ['words known as values', ['ok', 'left', 'came'].flatMap((end) => [`user=lima ${end}`, `user=oslo ${end}`]).concat('from lima to oslo at noon', 'from oslo to lima at noon'), ['user=<*> ok', 'user=<*> left', 'user=<*> came', 'from <*> to <*> at noon']],
    ['lists of any length', ['deleting 1 2 3', 'deleting 1', 'deleting 4 5'], ['deleting <*>']],
    ['dates in words', ['expires at Fri Jun 7 10:00:00 2024', 'expires at Mon May 9 11:00:01 2024'], ['expires at <*>']],
    ['empty and filled brackets', ['peer 10.0.0.1 () left', 'peer 10.0.0.2 (10.0.0.3) left'], ['peer <*> <*> left', 'peer <*> (<*>) left'].slice(1)],
    ['two names after by', ['alarm armed by alice', 'alarm armed by bob'], ['alarm armed by <*>']],
    ['two states where a noun announces them', ['port 1 changed state to up', 'port 2 changed state to down'], ['port <*> changed state to <*>']],
    ['three plain words', ['volume placed in the north zone', 'volume placed in the south zone', 'volume placed in the central zone'], ['volume placed in the <*> zone']],
    ['nouns with a word that looks like a verb', ['feature fast is on now', 'feature safe is on now', 'feature mixed is on now'], ['feature <*> is on now']],
    ['reasons of any length', ['quorum lost', 'disk quota exceeded', 'bad magic number', 'peer sent garbage', 'timed out', 'schema mismatch'].map((reason) => `cannot sync replica 7: ${reason}`), ['cannot sync replica <*>: <*>']],
    ['reasons with names of errors', ['ReadError: quorum lost', 'ParseError: disk quota exceeded', 'SyncError: bad magic number', 'ReadError: peer sent garbage', 'LoadError: out of rope'].map((reason) => `task 7 failed with ${reason}`), ['task <*> failed with <*>: <*>']],
    ['bytes that hold no digit', ['frame 12 fe 07', 'frame fa ce 33 01', 'frame 99'], ['frame <*>']],
    ['an empty value of a key', ['diff joins=[] leaves=[a]', 'diff joins=[b] leaves=[]'], ['diff joins=<*> leaves=<*>']],
    ['reasons after a dash', ['broken pipe', 'no route to host', 'connection reset by peer', 'file exists', 'host is down', 'too many links', 'permission denied', 'name is taken'].map((reason) => `cannot sync replica 7 - ${reason}`), ['cannot sync replica <*> - <*>']],
    ['variables of a program', ['Undefined variable $cart', 'Undefined variable $shop'], ['Undefined variable <*>']],
    ['names that sentences begin with', ['alice', 'bob', 'carol', 'dave'].flatMap((name) => [`${name} was moved away`, `${name} has a new seat`, `${name} joined the room`, `${name} left the room`]), ['<*> was moved away', '<*> has a new seat', '<*> joined the room', '<*> left the room']],
    ['three words where the sentence goes on', ['part 7 is outdated, removing', 'part 8 is detached, removing', 'part 9 is active, removing'], ['part <*> is <*>, removing']],
    ['what a thing with a number may be', ['pump 7 of bay 3 paused', 'pump 7 of bay 3 flushed', 'pump 8 of bay 4 restored'], ['pump <*> of bay <*> <*>']],
    ['results behind a colon', ['job 7 completed: Failed at last', 'job 8 completed: Skipped at last', 'job 9 completed: Succeeded at last'], ['job <*> completed: <*> at last']],
    ['three reasons behind a statement', ['order 7 skipped: no stock left', 'order 8 skipped: duplicate of another', 'order 9 skipped: unknown customer'], ['order <*> skipped: <*>']],
    ['long reasons', ['the lock is still held by another process of the same owner', 'source files are not there yet', 'too many fetches run'].map((reason) => `will not merge part 7 because ${reason}`), ['will not merge part <*> because <*>']],
    ['errors with their texts', ['job 7 of cron failed: ParseError: bad token', 'job 8 of cron failed: java.io.IOException: broken pipe after [5] tries'], ['job <*> of cron failed: <*>']],
    ['methods behind text', ['no route found for GET /a', 'no route found for POST /b', 'no route found for PUT /c'], ['no route found for <*> <*>']],
    ['statements of SQL', ['slow query on shard 7: SELECT a FROM b WHERE c = 1', 'slow query on shard 8: DELETE FROM carts', "slow query on shard 8: UPDATE d SET e = 'f'"], ['slow query on shard <*>: <*>']],
    ['other statements of SQL', ['slow call 7 ms run: REFRESH MATERIALIZED VIEW tides', 'slow call 8 ms run: COMMIT', 'slow call 9 ms run: WITH a AS (SELECT b FROM c) SELECT 1', 'slow call 9 ms run: EXPLAIN SELECT b FROM c', 'slow call 9 ms run: VACUUM FULL c', 'slow call 9 ms run: START TRANSACTION'], ['slow call <*> ms run: <*>']],
    ['months and years', ['keeping tides of 3 months here', 'keeping tides of 1 year here', 'keeping tides of 2 weeks here'], ['keeping tides of <*> here']],
    ['true and false in words', ['peer cache 7 enabled', 'peer cache 8 disabled'], ['peer cache <*> <*>']],
    ['what was and what is', ['power of rack 3: off -> on', 'power of rack 4: on -> off'], ['power of rack <*>: <*> -> <*>']],
    ['what something was changed to', ['layout of pane 3 changed to compact', 'layout of pane 4 changed to wide'], ['layout of pane <*> changed to <*>']],
    ['constants in capitals', ['checklist 7 answered DENIED for all', 'checklist 8 answered ALLOWED for all'], ['checklist <*> answered <*> for all']],
    ['scoped names of packages', ['plugin @kit/paint@1.2 was loaded', 'plugin @kit/draw@2.0 was loaded', 'plugin base@3.1 was loaded'], ['plugin <*> was loaded']],
    ['names of several words in place of known ones', ['amber', 'birch', 'cedar', 'dune', 'the old mill', '[OPS] otter', 'Blue Hour (live)'].map((name) => `gate ${name} shut for the night`), ['gate <*> shut for the night']],
    ['such names in another statement', ['amber', 'birch', 'cedar', 'dune', 'the old mill'].map((name) => `gate ${name} shut for the night`).concat('power was lost at amber', 'power was lost at the old mill'), ['gate <*> shut for the night', 'power was lost at <*>']],
    ['subjects of a long sentence', ['alice', 'bob', 'carol'].map((name) => `${name} : 3 wrong passwords ; tty=pts/1 ; pwd=/home ; command=/bin/ls`), ['<*> : <*> wrong passwords ; tty=<*> ; pwd=<*> ; command=<*>']],
    ['many names in one sentence', ['ash', 'bay', 'fir', 'elm', 'oak'].flatMap((a, i) => ['ivy', 'yew', 'fig'].map((b, j) => `chief ${a} had helper ${b} started with tool ${['saw', 'axe', 'hoe'][(i + j) % 3] ?? ''} at noon and stopped for ${['rain', 'snow', 'fog'][(i * j) % 3] ?? ''}`)), ['chief <*> had helper <*> started with tool <*> at noon and stopped for <*>']],
    ['a dash that a header ends in', ['-alice', '-bob', '-carol'].map((name) => `${name} : 3 wrong passwords ; tty=pts/1 ; pwd=/home ; command=/bin/ls`), ['<*> : <*> wrong passwords ; tty=<*> ; pwd=<*> ; command=<*>']],
    ['structured payloads with single quotes', ["task 7 gave back {'a': 1, 'b': []}", "task 8 gave back {'c': 'd'}"], ['task <*> gave back <*>']],
    ['values glued to values', ['ticket 7 of 8(9) closed', 'ticket 7 of 8 closed', 'ticket 7 of 9@desk;2 closed', 'ticket 7 of 9;2 closed', 'ticket 7 of 9@desk:4 closed'], ['ticket <*> of <*> closed']],
    ['qualified names', ['step Loom::Weave began on 3', 'step Kiln began on 4', 'step Loom::Dye::Dip2 began on 5'], ['step <*> began on <*>']],
    ['marks in quotes', ["folder '/' was shared with 'ann'", "folder '/a1' was shared with 'bob'", "folder '.*' was shared with 'eve'"], ["folder '<*>' was shared with '<*>'"]],
    ['hashes of a scripting language', ['form sent: {"a"=>"b"}', 'form sent: {"c"=>{"d"=>"e"}, "f"=>"1"}'], ['form sent: <*>']],
    ['terms of a functional language', ['worker 7 of ring died with {error,{timeout,call}} again', 'worker 8 of ring died with {bad,[]} again'], ['worker <*> of ring died with <*> again']],
    ['switches', ['cable 3 up', 'cable 4 down'], ['cable <*> <*>']],
    ['switches in many places', ['yes', 'no'].flatMap((a) => ['yes', 'no'].map((b) => `refresh of lists: names ${a} places ${b}`)), ['refresh of lists: names <*> places <*>']],
    ['on and off as answers', ['flap 3 is on', 'flap 4 is off'], ['flap <*> is <*>']],
    ['a choice that comes back', ['brake of wagon 7 was X by hand', 'sluice 7 opens as pump got X', 'all locks of bay 7 were found X'].flatMap((text) => ['engaged', 'released'].map((verb) => text.replace('X', verb))), ['brake of wagon <*> was <*> by hand', 'sluice <*> opens as pump got <*>', 'all locks of bay <*> were found <*>']],
    ['ids in hexadecimal without a digit', ['frame 3 had sum (9c)', 'frame 4 had sum (cc)', 'frame 5 had sum (ef)'], ['frame <*> had sum (<*>)']],
    ['reasons behind a dash', ['wrong key', 'gate is shut', 'no such badge'].map((reason) => `Entry of '7' failed at '8' - ${reason}`), ["Entry of '<*>' failed at '<*>' - <*>"]],
    ['reasons that begin alike', ['invalid guest name', 'invalid key', 'barred badge'].map((reason) => `guest 7 was turned away at gate because of ${reason}`), ['guest <*> was turned away at gate because of <*>']],
    ['reasons with an article and a full stop', ['flat tyre', 'wheel', 'second broken axle'].map((reason) => `coach 7 stopped on its way due to a ${reason}.`), ['coach <*> stopped on its way due to a <*>.']],
    ['values of several words behind an equals sign', ['Idle Hands', 'The Night Watch', 'Band'].map((name) => `rota of hall 7 changed, crew=${name}`), ['rota of hall <*> changed, crew=<*>']],
    ['values with more to them', ['van 7 left dock', 'crane 7 lifted crate'].flatMap((text) => [`${text} at 9`, `${text} at 9 [8]`]), ['van <*> left dock at <*>', 'crane <*> lifted crate at <*>']],
    ['values with a noun behind', ['van 7 left', 'crane 7 lifted', 'boat 7 moored'].flatMap((text) => [text, text.replace('7', '7 spare')]), ['van <*> left', 'crane <*> lifted', 'boat <*> moored']],
    ['what something is in several words', ['inside the fence', 'far away', 'too near to the old quay'].map((where) => `anchor spot of boat 7 is ${where}`), ['anchor spot of boat <*> is <*>']],
    ['identifiers among ids with digits', ['ring aB3x saw vote for cD4y', 'ring zlCKSm saw vote for bSqnNi'], ['ring <*> saw vote for <*>']],
    ['participles behind a preposition', ['reading', 'writing', 'appending'].map((what) => `tray 7 was opened for ${what}`), ['tray <*> was opened for <*>']],
    ['ids of rows without a digit', ['bad | 7 | Pump | Seal worn', '9c1 | 7 | Pump | Seal worn', 'cfe | 7 | Pump | Seal worn'], ['<*> | Pump | Seal worn']],
    ['words in quotes with nothing around', ['attic', 'cellar', 'porch', 'stair'].map((room) => `7-8 : "${room}"`), ['<*> : "<*>"']],
    ['structured payloads', ['got {"a":1,"b":[2,3]} back', 'got {"c":{"d":"e"}} back'], ['got <*> back']],
  ])('%s', (_, messages, expected) => {
    expect(templatesOf(...messages)).toEqual([...expected].sort());
  });
});

describe('what stays apart', () => {
  it.each<[string, readonly string[]]>([
    ['opposites', ['connection opened', 'connection closed', 'connection lost', 'connection found']],
    ['a rare error beside its success', ['payment of order <*> accepted', 'payment of order <*> declined']],
    ['error texts', ['cannot open <*>: Permission denied', 'cannot open <*>: No such file or directory']],
    ['directions', ['user <*> logged in from <*>', 'user <*> logged out from <*>']],
    ['two abbreviations', ['bus <*> saw XERR at slot <*>', 'bus <*> saw YERR at slot <*>']],
    ['on and off as parts of a verb', ['lamp <*> turned on by timer', 'lamp <*> turned off by timer']],
    ['values with a verb behind', ['van <*> left', 'crane <*> lifted', 'boat <*> moored'].flatMap((text) => [text, text.replace('<*>', '<*> not')])],
    ['what cells say in several words', ['Seal worn', 'Rotor stuck', 'Oil low', 'Seal gone', 'Rotor worn'].map((what) => `<*> | Pump Number <*> | ${what} | cleared`)],
    ['a choice in few places', ['pump', 'vent'].flatMap((what) => ['engaged', 'released'].map((verb) => `sluice <*> ${what} was ${verb} by hand`))],
    ['states in capitals', ['moved to NEW then RUNNING', 'moved to RUNNING then DONE']],
    ['request methods', ['"GET <*>" done', '"POST <*>" done', '"PUT <*>" done', '"DELETE <*>" done']],
    ['statements after a name', ['kernel: audit log is ready', 'kernel: random pool seeded', 'kernel: no memory left', 'kernel: clock source chosen', 'kernel: probe of all buses done', 'kernel: link on port <*> (left) is up, speed <*>', 'kernel: bind table: <*> entries, order <*>', 'kernel: process <*> (sh): killed']],
    ['statements after a header that was not read', ['INFO shop checkout cart emptied', 'INFO shop checkout order placed', 'INFO shop checkout stock low', 'INFO shop checkout coupon used', 'INFO shop checkout guest gone']],
    ['verbs after failed to', ['ledger', 'index'].flatMap((what) => ['open', 'read', 'close', 'sync'].map((verb) => `failed to ${verb} ${what}`)).slice(0, 6)],
    ['error texts behind one word', ['no child processes', 'bad file descriptor', 'not permitted', 'out of memory'].map((text) => `aborted <*>: ${text}`)],
    ['titles of events', ['Opened', 'Closed', 'Moved', 'Renamed'].map((verb) => `folder <*> Box ${verb} (tree event)`)],
    ['two ways to go on', ['door <*> is now locked', 'door <*> is now unlocked']],
    ['subjects of few words', ['reader done at <*>', 'writer done at <*>', 'sorter done at <*>']],
    ['methods that messages begin with', ['GET <*> took <*>', 'POST <*> took <*>', 'PUT <*> took <*>']],
    ['verbs in front of what crosses with them', ['create', 'drop', 'alter'].flatMap((verb) => ['table in store', 'index of table', 'locked view on table', 'sequence of table'].map((what) => `${verb} ${what}`))],
    ['a few names', ['alice', 'bob'].flatMap((name) => [`${name} was moved away`, `${name} has a new seat`, `${name} joined the room`])],
    ['names of which little is told', ['alice', 'bob', 'carol'].flatMap((name) => [`${name} was moved away`, `${name} was given a seat`])],
    ['statements of one length', ['disk full on volume', 'queue empty at start', 'lease expired for worker']],
  ])('%s', (_, expected) => {
    const messages = expected.flatMap((text) => [text.replaceAll('<*>', '7'), text.replaceAll('<*>', '8')]);
    expect(templatesOf(...messages)).toEqual([...expected].sort());
  });
});

it('shows what does not vary as it was written', () => {
  expect(templatesOf("job 'nightly' (a, b) took 5 s: done.", "job 'nightly' (a, b) took 7 s: done.")).toEqual(["job 'nightly' (a, b) took <*> s: done."]);
});

describe('properties', () => {
  it('finds names in front of sentences in any order', () => {
    const messages = ['alice', 'bob', 'carol', 'dave'].flatMap((name) => ['was moved away', 'has a new seat', 'joined the room', 'left the room', 'fell down here'].map((text) => `${name} ${text}`)).concat('erin left the room', 'opened the room');
    const expected = byMessage(messages);
    fc.assert(
      fc.property(fc.shuffledSubarray(messages, { minLength: messages.length }), (order) => {
        expect(byMessage(order)).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });

  it('does not depend on the order of rows', () => {
    fc.assert(fc.property(log, fc.infiniteStream(fc.nat()), (messages, keys) => {
      const shuffled = messages.map((text) => ({ text, key: keys.next().value })).sort((a, b) => a.key - b.key).map(({ text }) => text);
      expect(byMessage(shuffled)).toEqual(byMessage(messages));
    }), { numRuns: 150 });
  });

  it('depends on the set of rows alone: parts put together mine as the whole', () => {
    fc.assert(fc.property(log, log, (a, b) => {
      expect(byMessage([...new Set([...a, ...b])])).toEqual(byMessage([...a, ...b]));
    }), { numRuns: 100 });
  });

  it('gives every row a template, no two of one text, and tokens that join to it', () => {
    fc.assert(fc.property(log, (messages) => {
      const { templates, tokensOf, templateOf } = mine(messages);
      expect(new Set(templates).size).toBe(templates.length);
      expect(tokensOf.map((tokens) => tokens.join(''))).toEqual(templates);
      expect(templateOf).toHaveLength(messages.length);
      for (const index of templateOf) expect(templates[index]).toBeDefined();
    }), { numRuns: 150 });
  });

  it('takes any tokens', () => {
    const anyTokens = fc.array(fc.oneof(fc.string(), fc.constantFrom('<*>', ' <*>', '', ' ', '(', ')', '"', 'constructor', '__proto__')), { maxLength: 30 });
    fc.assert(fc.property(fc.array(anyTokens, { maxLength: 20 }), (rows) => {
      const { tokensOf } = mineTemplates(rows.map((tokens) => ({ tokens, count: 1 })));
      const matcher = createMatcher(tokensOf);
      for (const tokens of rows) expect(matcher.match(tokens)).toBeLessThan(tokensOf.length);
    }));
  });

  it('finds no more templates in its own templates', () => {
    fc.assert(fc.property(log, (messages) => {
      const first = mine(messages);
      const second = mineTemplates(first.tokensOf.map((tokens) => ({ tokens, count: 1 })));
      expect(second.templates.length).toBeLessThanOrEqual(first.templates.length);
    }), { numRuns: 100 });
  });
});

describe('matcher', () => {
  it('finds the template of a row that was mined', () => {
    fc.assert(fc.property(log, (messages) => {
      const { tokensOf } = mine(messages);
      const matcher = createMatcher(tokensOf);
      for (const text of messages) expect(matcher.match(tokenize(text))).toBeGreaterThanOrEqual(0);
    }), { numRuns: 100 });
  });

  it('prefers the more literal template, and says when there is none', () => {
    const matcher = createMatcher([tokenize('user 5 left'), tokenize('user root left')]);
    expect(matcher.match(tokenize('user root left'))).toBe(1);
    expect(matcher.match(tokenize('user alice left'))).toBe(0);
    expect(matcher.match(tokenize('user alice came'))).toBe(-1);
    expect(createMatcher([]).match(['a'])).toBe(-1);
  });
});

const letters = (n: number): string => n.toString(26).replaceAll(/\d/g, (digit) => 'qrstuvwxyz'[Number(digit)] ?? 'q');
const timeOf = (messages: readonly string[]): number => {
  const rows = messages.map((text) => ({ tokens: tokenize(text), count: 1 }));
  const start = performance.now();
  mineTemplates(rows);
  return performance.now() - start;
};

describe('effort', () => {
  it.each<[string, (i: number) => string]>([
    ['words that never come again', (i) => Array.from({ length: 6 }, (_, p) => letters(i * 7919 + p * 104729)).join(' ')],
    ['one place that varies', (i) => `user ${letters(i * 7919)} came in from the office today`],
    ['a phrase of any length', (i) => `cannot read the file: ${Array.from({ length: 1 + (i % 6) }, (_, p) => letters(i * 7919 + p * 104729)).join(' ')}`],
    ['names that begin alike', (i) => `gate ${i % 3 === 0 ? letters(i * 7919) : `the old ${letters(i * 7919)}`} shut for the night`],
    ['values everywhere', (i) => Array.from({ length: 20 }, (_, p) => ((i * 31 + p * 17) % 5 < 2 ? '7' : letters((i * 7919 + p * 104729) % 40))).join(' ')],
    ['quotes and brackets that do not close', (i) => `${'"[({'.repeat(9)} ${letters(i * 7919)}`],
  ])('grows with the input: %s', (_, messageOf) => {
    const make = (count: number): string[] => Array.from({ length: count }, (_unused, i) => messageOf(i));
    const bestOf = (count: number): number => Math.min(timeOf(make(count)), timeOf(make(count)));
    const small = Math.max(5, bestOf(250));
    // A quadratic pass would take 100 times as long; the rest is for noise.
    expect(bestOf(2500) / small).toBeLessThan(60);
  });
});
