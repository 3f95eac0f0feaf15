-- Look an entry up: one round trip that reads it, counts the lookup, notes how popular it is, lengthens its life, and on
-- a miss takes the lease to draw it or says how long another has it.
--
-- KEYS  1 entry · 2 counters · 3 lease · 4 popular keys · 5 requests of the popular keys; all in one slot
--       6 the entry that was signed with the key before, if there is such a key
-- ARGV  1 ttl of the entry, ms · 2 longest ttl, ms · 3 lease, ms · 4 life of counters and popularity, s
--       5 bytes of the largest entry · 6 how many lookups this one stands for · 7 the key as popularity knows it
--       8 its request, or empty to forget it · 9 how many popular keys to remember, 0 for no statistics at all
--       10 who asks, different for each lookup · 11… pairs of a counter and what is yet to be added to it
-- Gives the entry, or 0 where the caller is to draw it, or the ms for which another holds the lease; and 1 if counted.
--
-- Every write may fail alone, where Redis is full or a replica: what can still be read is given all the same.
local ttl, longest, weight, room = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[6]), tonumber(ARGV[9])

local function counted(outcome)
  if room == 0 or count(KEYS[2], ARGV[4], {outcome, 1}, 1) == 0 then
    return 0
  end
  count(KEYS[2], ARGV[4], ARGV, 11)
  return 1
end

-- What is longer than any entry is none, and reading it would hold the server and the line up for all others. A user who
-- may not ask for the length, or a value of another type, is left to GET.
local function read(name)
  local length = redis.pcall('STRLEN', name)
  local entry = (failed(length) or length <= tonumber(ARGV[5])) and redis.pcall('GET', name)
  return entry and not failed(entry) and entry
end

local entry = read(KEYS[1])
if entry then
  -- Each lookup adds a ttl to what is left. A hot entry, near its longest life, is not written to every time.
  local left = redis.call('PTTL', KEYS[1])
  local life = math.min(longest, left + weight * ttl)
  if life - left >= math.min(ttl, longest / 50) then
    redis.pcall('PEXPIRE', KEYS[1], math.floor(life))
  end
else
  -- Nothing lengthens its life: it goes, and is drawn again under the new key.
  entry = KEYS[6] and read(KEYS[6])
end
if entry then
  note(KEYS[4], KEYS[5], ARGV[7], ARGV[8], weight, room, ARGV[4])
  return {entry, counted('redis_hits')}
end

if not redis.pcall('SET', KEYS[3], ARGV[10], 'NX', 'PX', ARGV[3]) then
  local left = redis.call('PTTL', KEYS[3])
  -- The same lookup may come twice, where the first answer was lost on the way: it has the lease, and was counted.
  if redis.pcall('GET', KEYS[3]) == ARGV[10] then
    return {0, 1}
  end
  if left > 0 then
    return {left, 0}
  end
end
return {0, counted('misses')}
