import { describe, expect, it } from 'vitest';
import { createMasker } from './masker.ts';

const masker = createMasker();
const UUID = '6d0e3f7a-51c2-4b8d-9e04-7a1b2c3d4e5f';

describe('code and names that programs log', () => {
  it.each([
    'secret: FakeSecret', 'apiKey: SigningKey', 'token: CancellationToken', 'def f_password(self) -> str:', 'def load_token(self, n) -> Optional[str]:', 'fn secret(&self) -> String {', 'async fn token(&self) -> Result<String> {',
    'secret := func(', 'secret := func(x int) error {', 'const secret = await vault.read({ Name })', 'let password = await prompt("x")', 'token = new TokenSource(5)', 'password = lambda: ask()',
    'at Object.verifyPassword (/srv/app/auth/password.service.ts:42:11)', 'at Object.resetPassword (webpack:///src/auth9.js:42:11)', 'at setUserPassword (C:\\app2\\auth.js:7:3)',
    'external-secrets: secret/web-db synced from store', 'external-secrets: secret/web-db', `consumer group rebalance member=api-${UUID} generation=3`, `pod mob-${UUID} ready`,
  ])('leaves %s', (line) => {
    expect(masker.mask(line)).toBe(line);
    expect(masker.mask(`2025-01-02 03:04:05 INFO [main] ${line}`)).toBe(`2025-01-02 03:04:05 INFO [main] ${line}`);
  });
  it.each([
    ['secret: FakeSecret7Qz1', 'FakeSecret7Qz1'], ['password: awaitRiver92', 'awaitRiver92'], ['db_password -> Qz7!rTw2', 'Qz7!rTw2'], ['password(kim) -> Qz7!rTw2', 'Qz7!rTw2'], ['external-secrets: secret/7Qz1rTw29xKv', '7Qz1rTw29xKv'],
    ['client_secret: app/7Qz1rTw29xKv', '7Qz1rTw29xKv'], [`sdk key api-${UUID} rejected`, UUID], [`MOBILE_KEY=mob-${UUID}`, UUID], [`apiKey: api-${UUID}`, UUID],
  ])('masks %s', (line, secret) => {
    expect(masker.mask(line)).not.toContain(secret);
  });
});
