import { expect, it } from 'vitest';
import { isStore } from './store.ts';

it('knows a store by its name, however the kind is joined to it', () => {
  expect(['orders-db', 'ordersdb', 'orders_db', 'ordersdb-0', 'basketkv', 'pg', 'Cache_Main', 'mongo-main', 'users.db'].filter((name) => !isStore(name))).toEqual([]);
  expect(['orders', 'feedback', 'dbadmin', 'mqtt-gate', 'cachet', 'kvetch'].filter(isStore)).toEqual([]);
});
