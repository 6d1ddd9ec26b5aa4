-- Stands before every script of publish.
local function newer(a, b) -- decimal numbers of any length
  if #a ~= #b then return #a > #b end
  return a > b
end

