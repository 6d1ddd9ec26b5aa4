-- Looks at what is due for one partner; takes nothing away, so a crash loses nothing.
-- KEYS[1]   log; KEYS[2] deliveries; KEYS[3..]  due, a key a lane, the most urgent first
-- ARGV[1]   now (ms); ARGV[2..]  at most so many of each lane
-- Returns {time of the next one that is not due yet or '', per entry: number of its lane, id, entry,
-- its delivery (JSON) or ''};
-- entries that were trimmed from the log are dropped from due.
local log, deliveries, now = KEYS[1], KEYS[2], ARGV[1]
local found, next = {''}, nil
for lane = 1, #KEYS - 2 do
  local due = KEYS[lane + 2]
  for _, id in ipairs(redis.call('ZRANGEBYSCORE', due, '-inf', now, 'LIMIT', 0, ARGV[lane + 1])) do
    local entries = redis.call('XRANGE', log, id, id)
    if #entries == 1 then
      local entry = entries[1][2][2]
      -- Not decoded: a version may have more digits than a double holds.
      local version = string.match(entry, '"version":(%d+)')
      local field = version .. ' ' .. cjson.decode(entry).story_id
      found[#found + 1] = lane
      found[#found + 1] = id
      found[#found + 1] = entry
      found[#found + 1] = redis.call('HGET', deliveries, field) or ''
    else
      redis.call('ZREM', due, id)
    end
  end
  local later = redis.call('ZRANGEBYSCORE', due, '(' .. now, '+inf', 'WITHSCORES', 'LIMIT', 0, 1)[2]
  if later and (not next or tonumber(later) < tonumber(next)) then next = later end
end
found[1] = next or ''
return found
