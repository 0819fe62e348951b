-- wrk's own report has no 95th percentile: one line of numbers in its place.
done = function(summary, latency, requests)
  local wrong = summary.errors
  io.write(string.format("RESULT %d %d %d %d %d\n", summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(95),
    wrong.connect + wrong.read + wrong.write + wrong.status + wrong.timeout))
end
