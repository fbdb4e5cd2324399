import { describe, expect, it } from 'vitest';
import { createMasker } from './masker.ts';

const masker = createMasker();
const UUID = '6d0e3f7a-51c2-4b8d-9e04-7a1b2c3d4e5f';
const HEX = '4b7e1c9052d8a36f0e94b1d7c28f5a63';
const LETTERS = 'qzvtkrwxplnmbgehtjsdcvokzuyfwirm';
const MIXED = 'Kd82mQzR4tVw91LsYbX3nEaH';

describe('credentials among arguments', () => {
  it.each([
    [`searchClient('QX7K2PA9', '${HEX}') ready`, HEX], [`new Client("QX7K2PA9", "${MIXED}")`, MIXED], [`POST /oauth2/token auth=(web-client, ${MIXED}) -> 401`, MIXED], [`auth=(${MIXED}a, ${HEX})`, `${MIXED}a`],
    [`./uploader -t ${UUID} -f coverage.xml`, UUID], [`2025-01-02T03:04:05.678Z $ uploader upload -t ${UUID}`, UUID], [`scanner auth ${UUID}`, UUID], [`+ npx scanner auth ${UUID}`, UUID], [`tool login ${UUID}`, UUID],
    [`sms parameters: key=${LETTERS} user_id=acme`, LETTERS], ['spring.mail.password=wqtz ofri kale mopb', 'ofri kale'], ['smtp password: wqtz ofri kale mopb', 'ofri kale'],
    ['set vpn ipsec peer-a pre-shared-secret mango-prod-k31gza', 'k31gza'], ['ip xfrm state add enckey=0x4b7e1c9052d8a36f0e94b1d7c28f5a63', HEX],
    [`password reset token ${UUID} mailed`, UUID], [`refresh token ${UUID} used`, UUID], [`GET /invite/${UUID} 200`, UUID], [`GET /reset-password/${UUID} 200`, UUID], [`https://app.example.com/magic-link/${UUID}`, UUID],
  ])('masks %s', (line, secret) => {
    expect(masker.mask(line)).not.toContain(secret);
  });
  it.each([
    `findByHash('QX7K2PA9', '${HEX}')`, `verifyChecksum("QX7K2PA9", "${HEX}")`, `copy('source', '${HEX}')`, `open('QX7K2PA9', '${UUID}')`, 'auth=(user, password)', 'auth=(basic, digest-with-a-long-name)', 'auth=(client_id, client_secret_value)',
    `worker said auth ${UUID} failed`, `2025-01-02T03:04:05.678Z INFO user auth ${UUID} accepted`, `login ${UUID} accepted`, `cloud login -t ${UUID}`, `mount -t nfs4 ${UUID}`, `blkid -o value -t UUID=${UUID}`,
    'key=customerordershippingaddressline', 'key=internationalizationconfigurationx', 'password: must have more than 8 letters', 'password: must have more than', 'set interfaces eth0 description dmz-prod-a31', 'enckey=0x7ffe',
    `token ${UUID} is an id`, `page token ${UUID}`, `GET /orders/verify/${UUID} 200`, `GET /tokens/${UUID} 200`, `GET /invitations/${UUID} 200`,
  ])('leaves %s', (line) => {
    expect(masker.mask(line)).toBe(line);
  });
});
