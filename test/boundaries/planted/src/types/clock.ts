import { shard } from '../engine/shard.ts';
export const clock = shard;
