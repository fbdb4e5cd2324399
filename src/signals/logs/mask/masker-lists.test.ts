import { describe, expect, it } from 'vitest';
import { createMasker } from './masker.ts';

const masker = createMasker();
const LETTERS = 'KdQzmRtVwLsYbXnEaHpJcu';
const HEX = '4b7e1c9052d8a36f0e94b1d7c28f5a63';

describe('lists whose names stand elsewhere', () => {
  it.each([
    ['UPDATE users SET password = ? WHERE id = ? params: ["brine7Qx2", 3]', 'brine7Qx2'], ['UPDATE users SET name = $2, password = $1 WHERE id = $3 parameters: $1 = \'brine7Qx2\', $2 = \'kim\', $3 = \'7\'', 'brine7Qx2'],
    ['INSERT INTO users (name, password) VALUES ($1, $2) -- PARAMETERS: ["kim","brine7Qx2"]', 'brine7Qx2'], ['{"sql":"insert into t (id, api_token) values (?, ?)","binds":[7,"Kd82mQzR4tVw91Ls"]}', 'Kd82mQzR4tVw91Ls'],
    [`otlp exporter headers: x-acme-team=${LETTERS},x-acme-dataset=web`, LETTERS], [`OTEL_EXPORTER_OTLP_HEADERS=x-acme-dataset=web,x-acme-team=${LETTERS}`, LETTERS],
    [`POST https://events.example.com/v2/enqueue {"routing_key":"${HEX}","x":1}`, HEX], [`{"routing_key":"${HEX}","event_action":"trigger"}`, HEX],
  ])('masks %s', (line, secret) => {
    const masked = masker.mask(line);
    expect(masked).not.toContain(secret);
    expect(masked).not.toContain(secret.slice(0, 8));
    expect(masker.mask(masked)).toBe(masked);
  });
  it.each([
    'UPDATE users SET name = ? WHERE id = ? params: ["brine7Qx2", 3]', 'UPDATE users SET password = ? WHERE id = ? params: [null, 3]', 'SELECT id FROM users WHERE login = $1 parameters: $1 = \'kim7\'', 'password reset params: ["brine7Qx2", 3]',
    'INSERT INTO users (name, password) VALUES ($1, $2) params: ["kim7x92q", null]', `exporter headers: x-acme-dataset=${LETTERS},x-request-id=${LETTERS}`, `headers: x-cache-team=${LETTERS}`,
    `publish {"routing_key":"${HEX}"}`, 'POST https://example.com/x {"routing_key":"orders.created.v1"}',
  ])('leaves %s', (line) => {
    expect(masker.mask(line)).toBe(line);
  });
});
