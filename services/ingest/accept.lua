-- Accepts revisions of one partition: each only if the story stands as it was judged against.
-- KEYS[1..n]   for each revision in turn: the story's hash, its copy hash, the stream to append to
-- ARGV[1]      how long copy is kept, in seconds
-- ARGV[2..]    per revision: expected standing ('' for none), new standing, version, digest,
--              delivery id ('' for none), raw bytes, revision (JSON), story (JSON)
-- Returns per revision '' where it was accepted; where the story stands otherwise, what stands,
-- the version under which the same content or delivery was accepted before ('' if it never
-- was), and the bytes in which what stands came ('' if they are gone).
local answers = {}
for i = 0, #KEYS / 3 - 1 do
  local story, copy, stream = KEYS[3 * i + 1], KEYS[3 * i + 2], KEYS[3 * i + 3]
  local at = 8 * i + 2
  local seen, sent = 'seen:' .. ARGV[at + 3], 'sent:' .. ARGV[at + 4]
  local known = redis.call('HMGET', story, 'standing', seen, sent)
  local standing = known[1] or ''
  if standing == ARGV[at] then
    local version, revision = ARGV[at + 2], ARGV[at + 6]
    redis.call('HSET', story, 'standing', ARGV[at + 1], 'rev:' .. version, revision, seen, version)
    if sent ~= 'sent:' then redis.call('HSET', story, sent, version) end
    redis.call('HSET', copy, version .. ':raw', ARGV[at + 5])
    redis.call('EXPIRE', copy, ARGV[1])
    redis.call('XADD', stream, '*', 'revision', revision, 'story', ARGV[at + 7])
    answers[i + 1] = ''
  else
    local raw = redis.call('HGET', copy, string.match(standing, '"version":(%d+)') .. ':raw')
    answers[i + 1] = {standing, known[2] or known[3] or '', raw or ''}
  end
end
return answers
