-- Gives a partner's lease back, so that another worker need not wait for it to expire.
-- KEYS  lease;  ARGV  who
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0
