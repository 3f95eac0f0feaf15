-- How popular a key is: shared by the scripts that follow it.
--
-- A count that halves every day, kept as its logarithm to base 2 with the age in days added, so that it never has to be
-- touched to decay: adding n lookups at time t (in days) is log2(2^score + n * 2^t).

local now = redis.call('TIME')

local function failed(reply)
  return type(reply) == 'table' and reply.err ~= nil
end

local function sum(one, other)
  local high, low = math.max(one, other), math.min(one, other)
  return high + math.log(1 + 2 ^ (low - high)) / math.log(2)
end

-- popular, requests: the names of the sorted set and of the hash; weight: how many lookups to add; room: how many keys
-- to remember; life: seconds that both live.
local function note(popular, requests, member, request, weight, room, life)
  if room == 0 or request == '' then
    return
  end
  local score = (now[1] + now[2] / 1e6) / 86400 + math.log(weight) / math.log(2)
  local known = redis.pcall('ZSCORE', popular, member)
  if failed(known) then
    return
  end
  if known then
    redis.pcall('ZADD', popular, string.format('%.17g', sum(tonumber(known), score)), member)
    if now[1] % 16 ~= 0 then
      return
    end
  else
    -- Who is new takes over the count of whoever has to go, as it cannot be known how often it was asked for before
    -- (the space-saving algorithm): what is asked for often stays, whatever was there first.
    if redis.call('ZCARD', popular) >= room then
      local least = redis.pcall('ZPOPMIN', popular)
      if failed(least) then
        return
      end
      redis.pcall('HDEL', requests, least[1])
      score = sum(tonumber(least[2]), score)
    end
    if failed(redis.pcall('ZADD', popular, string.format('%.17g', score), member)) then
      return
    end
    redis.pcall('HSET', requests, member, request)
  end
  redis.pcall('EXPIRE', popular, life)
  redis.pcall('EXPIRE', requests, life)
end

-- Add to counters, which live on as long as anybody counts: one renewal in a while is enough for months.
local function count(counters, life, pairs, first)
  for i = first, #pairs, 2 do
    local total = redis.pcall('HINCRBY', counters, pairs[i], pairs[i + 1])
    if failed(total) then
      return 0
    end
    if now[1] % 16 == 0 or total == tonumber(pairs[i + 1]) then
      redis.pcall('EXPIRE', counters, life)
    end
  end
  return 1
end
