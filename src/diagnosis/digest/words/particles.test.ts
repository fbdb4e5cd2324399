import { expect, it } from 'vitest';
import { type ParticlePair, withParticle } from './particles.ts';

it.each<[string, ParticlePair, string]>([
  ['커넥션 풀 고갈', '을/를', '커넥션 풀 고갈을'],
  ['커넥션 풀 고갈', '으로/로', '커넥션 풀 고갈로'],
  ['애플리케이션 기동 실패', '으로/로', '애플리케이션 기동 실패로'],
  ['애플리케이션 중단', '으로/로', '애플리케이션 중단으로'],
  ['메모리 부족으로 강제 종료(OOM)', '으로/로', '메모리 부족으로 강제 종료(OOM)로'],
  ['오류 7건', '이/가', '오류 7건이'],
  ['Redis', '은/는', 'Redis는'],
  ['payment', '과/와', 'payment와'],
  ['node-3', '이/가', 'node-3이'],
  ['node-2', '이/가', 'node-2가'],
  ['', '이/가', '가'],
])('%s with %s', (word, pair, expected) => {
  expect(withParticle(word, pair)).toBe(expected);
});
