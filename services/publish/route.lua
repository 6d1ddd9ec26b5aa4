-- Routes revisions of one partition: a revision older than one routed or held goes nowhere.
-- KEYS[1..2]    held (sorted set), held entries (hash)
-- KEYS[3..]     for each revision in turn: the story's hash, its copy hash
-- ARGV[1]       how long copy is kept, in seconds
-- ARGV[2..]     per revision: story id, version, status, time (ISO), partners digest,
--               why it goes to nobody ('' if it may go), partners that match (a,b,c), tags (JSON),
--               number of formatted bodies, and for each: field of the copy hash, body
-- Returns per revision {1, partners that get it (a,b,c)} or {0, the newer version}.
-- Whoever may have the story gets every later revision too (wire-rules 4.5, 5.3, 6.8).
local function united(matching, holders)
  local seen, all = {}, {}
  for id in string.gmatch(holders .. ',' .. matching, '[^,]+') do
    if not seen[id] then
      seen[id] = true
      all[#all + 1] = id
    end
  end
  return all
end

local function held_version(id)
  local packed = redis.call('HGET', KEYS[2], id)
  return packed and cmsgpack.unpack(packed)[1]
end

local function drop_copy(copy, status, version) -- of this version and all before it
  if status == 'usable' then return end
  for _, field in ipairs(redis.call('HKEYS', copy)) do
    -- The archive drops a killed story too (wire-rules 6.13); one that is withheld keeps what
    -- came in, for its release, but is in no partner's format.
    local gone = status == 'canceled' or not string.find(field, ':raw$')
    if gone and not newer(string.match(field, '^%d+'), version) then redis.call('HDEL', copy, field) end
  end
end

local results, at = {}, 2
for i = 1, #KEYS / 2 - 1 do
  local story, copy = KEYS[2 * i + 1], KEYS[2 * i + 2]
  local id, version, status, time, digest = unpack(ARGV, at, at + 4)
  local why, matching, tags, bodies = unpack(ARGV, at + 5, at + 8)
  bodies = tonumber(bodies)
  at = at + 9
  local known = redis.call('HMGET', story, 'routed', 'holders')
  local last, holders, held = known[1], known[2] or '', held_version(id)
  if held and (not last or newer(held, last)) then last = held end
  local head = '{"at":"' .. time .. '","partners_digest":"' .. digest .. '"'
  local bare = head
  if last and newer(last, version) then
    redis.call('HSET', story, 'tags:' .. version, tags,
      'routed:' .. version, head .. ',"superseded_by":' .. last .. '}')
    results[i] = {0, last}
  else
    local to = united(matching, holders)
    local ids = table.concat(to, ',')
    if why ~= '' and #to == 0 then
      head = head .. ',"why_nobody":' .. cjson.encode(why)
    elseif #to > 0 then
      head = head .. ',"to":["' .. table.concat(to, '","') .. '"]'
    end
    redis.call('HSET', story, 'routed', version, 'holders', ids, 'tags:' .. version, tags,
      'routed:' .. version, head .. '}')
    if held and held ~= version then
      redis.call('HSET', story, 'routed:' .. held, bare .. ',"superseded_by":' .. version .. '}')
      redis.call('ZREM', KEYS[1], id)
      redis.call('HDEL', KEYS[2], id)
    end
    drop_copy(copy, status, version)
    for b = 0, bodies - 1 do
      redis.call('HSET', copy, ARGV[at + 2 * b], ARGV[at + 2 * b + 1])
    end
    if bodies > 0 then redis.call('EXPIRE', copy, ARGV[1]) end
    results[i] = {1, ids}
  end
  at = at + 2 * bodies
end
return results
