/** Lua, which Redis runs in one step. KEYS and ARGV are as `redisStore` passes them; times are compared as numbers, which they fit exactly. */

const ALIVE = `
local function alive(key, subject, purpose, now)
  local kept = redis.call('HMGET', key, 'subject', 'purpose', 'until')
  return kept[1] == subject and kept[2] == purpose and tonumber(kept[3]) >= tonumber(now)
end
`;

export const REDIS_SCRIPTS = {
  /** What is over is taken off the subject's challenges here: nobody may ever come for it. KEYS: challenge, the subject's challenges; ARGV: subject, purpose, until, lifetime, now. */
  addChallenge: `
redis.call('HSET', KEYS[1], 'subject', ARGV[1], 'purpose', ARGV[2], 'until', ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', '(' .. ARGV[5])
redis.call('ZADD', KEYS[2], ARGV[3], KEYS[1])
if redis.call('PTTL', KEYS[2]) < tonumber(ARGV[4]) then redis.call('PEXPIRE', KEYS[2], ARGV[4]) end
return 1`,
  /** KEYS: challenge; ARGV: subject, purpose, now. */
  hasChallenge: `${ALIVE} if alive(KEYS[1], ARGV[1], ARGV[2], ARGV[3]) then return 1 end return 0`,
  /** KEYS: challenge, the subject's challenges; ARGV: subject, purpose, now. */
  takeChallenge: `${ALIVE}
if not alive(KEYS[1], ARGV[1], ARGV[2], ARGV[3]) then return 0 end
redis.call('DEL', KEYS[1])
redis.call('ZREM', KEYS[2], KEYS[1])
return 1`,
  /** KEYS: challenge, the subject's challenges, key, the owner's keys; ARGV: subject, purpose, now, owner, public key, key id. */
  addKey: `${ALIVE}
if not alive(KEYS[1], ARGV[1], ARGV[2], ARGV[3]) then return 'challenge-unknown' end
local known = redis.call('HGET', KEYS[3], 'subject')
if known and known ~= ARGV[4] then return 'key-taken' end
redis.call('DEL', KEYS[1])
redis.call('ZREM', KEYS[2], KEYS[1])
if not known then redis.call('HSET', KEYS[3], 'subject', ARGV[4], 'jwk', ARGV[5], 'counter', '0') end
redis.call('SADD', KEYS[4], ARGV[6])
return 'accepted'`,
  /** KEYS: the subject's keys; ARGV: what a key's name begins with. */
  keysOf: `
local found = {}
for _, id in ipairs(redis.call('SMEMBERS', KEYS[1])) do
  local kept = redis.call('HMGET', ARGV[1] .. id, 'jwk', 'counter')
  if kept[1] then
    table.insert(found, id)
    table.insert(found, kept[1])
    table.insert(found, kept[2])
  end
end
return found`,
  /** KEYS: challenge, the subject's challenges, key; ARGV: subject, purpose, now, counter. */
  accept: `${ALIVE}
if not alive(KEYS[1], ARGV[1], ARGV[2], ARGV[3]) then return 'challenge-unknown' end
local kept = redis.call('HMGET', KEYS[3], 'subject', 'counter')
if kept[1] ~= ARGV[1] then return 'key-unknown' end
if tonumber(kept[2]) >= tonumber(ARGV[4]) then return 'counter-back' end
redis.call('DEL', KEYS[1])
redis.call('ZREM', KEYS[2], KEYS[1])
redis.call('HSET', KEYS[3], 'counter', ARGV[4])
return 'accepted'`,
  /** KEYS: the subject's keys, the subject's challenges; ARGV: what a key's name begins with. */
  forgetSubject: `
for _, id in ipairs(redis.call('SMEMBERS', KEYS[1])) do redis.call('DEL', ARGV[1] .. id) end
for _, challenge in ipairs(redis.call('ZRANGE', KEYS[2], 0, -1)) do redis.call('DEL', challenge) end
return redis.call('DEL', KEYS[1], KEYS[2])`,
  /** Each field is a source, and holds tries and until. KEYS: attempts; ARGV: source, its limit, the limit of all, lock time, now, until. */
  beginAttempt: `
local now = tonumber(ARGV[5])
local tries = {}
local locked = nil
local all = redis.call('HGETALL', KEYS[1])
for i = 1, #all, 2 do
  local count, untilText = string.match(all[i + 1], '^(%d+):(%d+)$')
  if tonumber(untilText) < now then
    redis.call('HDEL', KEYS[1], all[i])
  else
    tries[all[i]] = tonumber(count)
    local limit = nil
    if all[i] == ARGV[1] then limit = tonumber(ARGV[2]) end
    if all[i] == '' then limit = tonumber(ARGV[3]) end
    if limit and tonumber(count) >= limit and (not locked or tonumber(untilText) > tonumber(locked)) then locked = untilText end
  end
end
if locked then return locked end
for _, source in ipairs({ ARGV[1], '' }) do
  redis.call('HSET', KEYS[1], source, string.format('%d', (tries[source] or 0) + 1) .. ':' .. ARGV[6])
end
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return ''`,
  /** KEYS: attempts; ARGV: source, 1 where it is forgiven. */
  withdrawAttempt: `
for _, source in ipairs({ ARGV[1], '' }) do
  local kept = redis.call('HGET', KEYS[1], source)
  if kept then
    local count, untilText = string.match(kept, '^(%d+):(%d+)$')
    if tonumber(count) > 0 then redis.call('HSET', KEYS[1], source, string.format('%d', tonumber(count) - 1) .. ':' .. untilText) end
  end
end
if ARGV[2] == '1' then redis.call('HDEL', KEYS[1], ARGV[1]) end
return 1`,
} as const;
