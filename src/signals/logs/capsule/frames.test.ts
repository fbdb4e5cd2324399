import { expect, it } from 'vitest';
import { framesOf } from './frames.ts';

it('reads frames of several languages and leaves messages out', () => {
  expect(framesOf("TypeError: x is undefined\n    at Kiln.fire (/srv/kiln/dist/glaze/fire.js:44:31)\n    at run (/srv/kiln/dist/run.js:7:1)")).toEqual(['at Kiln.fire (/srv/kiln/dist/glaze/fire.js:44:31)', 'at run (/srv/kiln/dist/run.js:7:1)']);
  expect(framesOf('Traceback (most recent call last):\n  File "/app/fire.py", line 22, in fire\n    return heat[zone]\nKeyError: 3')).toEqual(['File "/app/fire.py", line 22, in fire']);
  expect(framesOf('panic: oops\nmain.fire(0x1)\n\t/srv/kiln/fire.go:12 +0x1d')).toEqual(['/srv/kiln/fire.go:12 +0x1d']);
  expect(framesOf('shipped at noon')).toEqual([]);
});

it('keeps the innermost eight: the first, of a traceback the last', () => {
  const many = Array.from({ length: 20 }, (_, i) => i);
  expect(framesOf(many.map((i) => `  at f${i} (a.js:${i}:1)`).join('\n')).at(-1)).toBe('at f7 (a.js:7:1)');
  expect(framesOf(many.map((i) => `  File "a.py", line ${i}, in f`).join('\n'))[0]).toBe('File "a.py", line 12, in f');
});
