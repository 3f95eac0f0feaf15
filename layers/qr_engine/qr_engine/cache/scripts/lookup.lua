-- Read an entry and count what became of the lookup, in one round trip.
--
-- KEYS[1]  the entry
-- KEYS[2]  the counters of its hash tag
-- ARGV[1]  seconds that the counters live from now
-- ARGV[2…] pairs of a counter's name and what this environment has yet to add to it
local entry = redis.call('GET', KEYS[1])
redis.call('HINCRBY', KEYS[2], entry and 'hits' or 'misses', 1)
for i = 2, #ARGV, 2 do
  redis.call('HINCRBY', KEYS[2], ARGV[i], ARGV[i + 1])
end
redis.call('EXPIRE', KEYS[2], ARGV[1])
return entry
