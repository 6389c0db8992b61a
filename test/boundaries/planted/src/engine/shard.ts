import { open } from 'lmdb';
export const shard = open;
