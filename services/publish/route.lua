-- Routes revisions of one partition: a revision older than one already routed goes nowhere.
-- KEYS          for each revision in turn: the story's hash, its copy hash
-- ARGV[1]       how long copy is kept, in seconds
-- ARGV[2..]     per revision: version, 1 if it recalls the story, time (ISO), partners digest,
--               why it goes to nobody ('' if it may go), partners that match (a,b,c), tags (JSON),
--               number of formatted bodies, and for each: field of the copy hash, body
-- Returns per revision {1, partners that get it (a,b,c)} or {0, the newer version}.
-- Whoever may have the story gets every later revision too (wire-rules 4.5, 5.3, 6.8).
local function newer(a, b) -- decimal numbers of any length
  if #a ~= #b then return #a > #b end
  return a > b
end

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

local results, at = {}, 2
for i = 0, #KEYS / 2 - 1 do
  local story, copy = KEYS[2 * i + 1], KEYS[2 * i + 2]
  local version, recalls, time, digest = ARGV[at], ARGV[at + 1] == '1', ARGV[at + 2], ARGV[at + 3]
  local why, matching, tags, bodies = ARGV[at + 4], ARGV[at + 5], ARGV[at + 6], tonumber(ARGV[at + 7])
  at = at + 8
  local known = redis.call('HMGET', story, 'routed', 'holders')
  local last, holders = known[1], known[2] or ''
  local head = '{"at":"' .. time .. '","partners_digest":"' .. digest .. '"'
  if last and newer(last, version) then
    redis.call('HSET', story, 'tags:' .. version, tags,
      'routed:' .. version, head .. ',"superseded_by":' .. last .. '}')
    results[i + 1] = {0, last}
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
    if recalls then redis.call('DEL', copy) end
    for b = 0, bodies - 1 do
      redis.call('HSET', copy, ARGV[at + 2 * b], ARGV[at + 2 * b + 1])
    end
    if bodies > 0 then redis.call('EXPIRE', copy, ARGV[1]) end
    results[i + 1] = {1, ids}
  end
  at = at + 2 * bodies
end
return results
