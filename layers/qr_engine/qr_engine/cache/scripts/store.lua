-- Keep an entry and count it, in one round trip.
--
-- KEYS[1]  the entry
-- KEYS[2]  the counters of its hash tag
-- ARGV[1]  the bytes of the entry
-- ARGV[2]  seconds that the entry lives
-- ARGV[3]  seconds that the counters live from now
redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
redis.call('HINCRBY', KEYS[2], 'sets', 1)
redis.call('EXPIRE', KEYS[2], ARGV[3])
