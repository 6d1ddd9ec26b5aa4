-- Appends revisions to one partner's log, each only if it is newer than what the log holds
-- of its story; so a repeat changes nothing, and versions in a log strictly rise.
-- KEYS      log, standing, deliveries, due:urgent, due:routine, texts
-- ARGV[1]   1 if the partner is pushed to; ARGV[2] time (ISO); ARGV[3] time (ms)
-- ARGV[4..] per revision: story id, version, deliveries field, lane, status, entry (JSON),
--           formatted story for a full log ('' for a log of references)
-- Returns per revision: 'sent', 'open ENTRY', 'same' or 'superseded'.
local log, standing, deliveries = KEYS[1], KEYS[2], KEYS[3]
local pushed, time, now = ARGV[1] == '1', ARGV[2], ARGV[3]

local function row(state, entry, why)
  local text = '{"state":"' .. state .. '","entry":"' .. entry .. '","at":"' .. time .. '"'
  if why then text = text .. ',"why":"' .. why .. '"' end
  return text .. '}'
end

local function supersede(story, version, entry, by)
  if redis.call('ZREM', KEYS[4], entry) + redis.call('ZREM', KEYS[5], entry) > 0 then
    redis.call('HSET', deliveries, version .. ' ' .. story,
      row('superseded', entry, 'version ' .. by .. ' is newer'))
  end
end

local function keep_text(story, entry, status) -- a recall takes the text before it with it
  local before = redis.call('HGET', KEYS[6], story) or ''
  if status ~= 'usable' then
    for id in string.gmatch(before, '%S+') do redis.call('XDEL', log, id) end
    before = ''
  end
  redis.call('HSET', KEYS[6], story, before .. ' ' .. entry)
end

local results = {}
for at = 4, #ARGV, 7 do
  local story, version, field, lane = ARGV[at], ARGV[at + 1], ARGV[at + 2], ARGV[at + 3]
  local last = redis.call('HGET', standing, story)
  local last_version, last_entry
  if last then last_version, last_entry = string.match(last, '^(%d+) (%S+)$') end
  if last and not newer(version, last_version) then
    if version == last_version then
      results[#results + 1] = 'same'
    else
      redis.call('HSETNX', deliveries, field,
        row('superseded', '', 'version ' .. last_version .. ' is newer'))
      results[#results + 1] = 'superseded'
    end
  else
    local entry
    if ARGV[at + 6] == '' then
      entry = redis.call('XADD', log, '*', 'entry', ARGV[at + 5])
    else
      entry = redis.call('XADD', log, '*', 'entry', ARGV[at + 5], 'story', ARGV[at + 6])
      keep_text(story, entry, ARGV[at + 4])
    end
    if last then supersede(story, last_version, last_entry, version) end
    redis.call('HSET', standing, story, version .. ' ' .. entry)
    if pushed then
      redis.call('ZADD', lane == 'urgent' and KEYS[4] or KEYS[5], now, entry)
    end
    redis.call('HSET', deliveries, field, row(pushed and 'open' or 'sent', entry))
    results[#results + 1] = pushed and 'open ' .. entry or 'sent'
  end
end
return results
