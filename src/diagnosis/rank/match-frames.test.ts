import { describe, expect, it } from 'vitest';
import { hunksOf } from '../../signals/changes/hunks.ts';
import { matchFrames, placesIn } from './match-frames.ts';

const diff = (file: string, start: number, scope: string): string => `--- a/${file}\n+++ b/${file}\n@@ -${start},4 +${start},5 @@ ${scope}\n context\n-  old();\n+  fresh();\n+  more();\n`;
const points = (file: string, start: number, scope: string, text: string): number => matchFrames([file], hunksOf(diff(file, start, scope)), placesIn(text)).points;

describe('matchFrames', () => {
  it('knows the file, better the function, best the very lines', () => {
    const frame = 'at Kiln.fire (/srv/kiln/dist/glaze/fire.js:44:31)';
    expect(points('src/glaze/fire.ts', 42, '', frame)).toBe(2);
    expect(points('src/glaze/fire.ts', 400, 'function fire(zone) {', frame)).toBeCloseTo(1.8);
    expect(points('src/glaze/fire.ts', 400, 'function cool(zone) {', frame)).toBe(1.5);
    expect(points('src/glaze/cool.ts', 42, '', frame)).toBe(0);
  });

  it('takes a file whose name many folders hold only with its folder', () => {
    expect(points('src/kiln/index.ts', 12, '', 'at fire (/srv/app/dist/kiln/index.js:12:1)')).toBe(2);
    expect(points('src/kiln/index.ts', 12, '', 'at fire (/srv/app/dist/oven/index.js:12:1)')).toBe(0);
    expect(points('src/kiln/index.ts', 12, '', 'at fire (index.js:12)')).toBeCloseTo(0.6);
  });

  it('reads frames of Python, Go and Java', () => {
    expect(points('kiln/fire.py', 20, '', 'File "/app/kiln/fire.py", line 22, in fire')).toBe(2);
    expect(points('kiln/fire.go', 20, '', '/srv/kiln/fire.go:22 +0x1d')).toBe(2);
    expect(points('src/main/java/kiln/Fire.java', 20, '', 'at kiln.Fire.burn(Fire.java:22)')).toBe(2);
  });
});
