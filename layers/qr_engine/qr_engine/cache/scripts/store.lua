-- Keep an entry, give the lease back, count it and note that it was asked for: one round trip.
--
-- KEYS  1 entry · 2 counters · 3 lease · 4 popular keys · 5 requests of the popular keys; all in one slot
-- ARGV  1 the entry · 2 its ttl, ms · 3 life of counters and popularity, s
--       4 how many lookups asked for it · 5 the key as popularity knows it · 6 its request, or empty to forget it
--       7 how many popular keys to remember, 0 for no statistics at all
--       8… pairs of a counter and what to add to it
-- Gives an error, and the lease back, where Redis does not take the entry.
local room = tonumber(ARGV[7])
-- What is drawn anew, because it was warmed or two drew it at once, has earned its life already.
local left = redis.call('PTTL', KEYS[1])
local kept = redis.pcall('SET', KEYS[1], ARGV[1], 'PX', math.max(tonumber(ARGV[2]), left))
redis.pcall('DEL', KEYS[3])
if failed(kept) then
  return kept
end
if room > 0 then
  count(KEYS[2], ARGV[3], ARGV, 8)
  if tonumber(ARGV[4]) > 0 then
    note(KEYS[4], KEYS[5], ARGV[5], ARGV[6], tonumber(ARGV[4]), room, ARGV[3])
  end
end
