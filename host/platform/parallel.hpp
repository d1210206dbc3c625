// Work for all cores: the items of a range, each by one thread, begun in their order.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "platform/error.hpp"

namespace fieldnote::platform {

// Calls `work(i)` for each i below `count` from up to `threads` threads; an exception ends the rest
// and is thrown here.
template <class Work>
void for_each_parallel(std::size_t count, unsigned threads, Work&& work) {
  std::atomic<std::size_t> next = 0;
  std::exception_ptr failure;
  std::mutex guard;
  const auto run = [&] {
    try {
      for (std::size_t i = next++; i < count; i = next++) work(i);
    } catch (...) {
      const std::scoped_lock lock(guard);
      if (!failure) failure = std::current_exception();
      next = count;
    }
  };
  {
    std::vector<std::jthread> others;
    for (std::size_t i = 1; i < std::min<std::size_t>(threads, count); ++i)
      others.emplace_back(run);
    run();
  }
  if (failure) std::rethrow_exception(failure);
}

// The same of work that may fail: after the first failure, which is returned, none is begun.
template <class Work>
[[nodiscard]] Result<void> try_each_parallel(std::size_t count, unsigned threads, Work&& work) {
  std::mutex guard;
  std::optional<Error> failure;
  for_each_parallel(count, threads, [&](std::size_t i) {
    {
      const std::scoped_lock lock(guard);
      if (failure) return;
    }
    Result<void> done = work(i);
    const std::scoped_lock lock(guard);
    if (!done && !failure) failure = std::move(done.error());
  });
  if (failure) return *failure;
  return {};
}

}  // namespace fieldnote::platform
