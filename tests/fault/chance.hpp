// Chance that can be had again: every random decision follows from one number, which a failing test
// prints and FIELDNOTE_FAULT_SEED gives back.
#pragma once

#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <random>
#include <string>

namespace fieldnote::fault {

inline std::uint64_t number_from(const char* variable, std::uint64_t otherwise) {
  const char* text = std::getenv(variable);
  return text != nullptr && *text != '\0' ? std::strtoull(text, nullptr, 10) : otherwise;
}

inline std::uint64_t seed() {
  static const std::uint64_t seed = number_from("FIELDNOTE_FAULT_SEED", std::random_device()());
  return seed;
}

// Rounds of the tests that choose their moment by chance.
inline std::uint64_t rounds() {
  return number_from("FIELDNOTE_FAULT_ROUNDS", 200);
}

class Chance {
 public:
  // Independent of how many rounds were played before.
  explicit Chance(std::uint64_t round) : engine_(seed() * 0x9E3779B97F4A7C15U + round) {}

  // 0 <= number < below
  [[nodiscard]] std::uint64_t number(std::uint64_t below) {
    return std::uniform_int_distribution<std::uint64_t>(0, below - 1)(engine_);
  }
  [[nodiscard]] bool one_in(std::uint64_t n) { return number(n) == 0; }

  // Between the two, short times as likely as long ones: start-up is as interesting as load.
  [[nodiscard]] std::chrono::microseconds moment(std::chrono::microseconds least,
                                                 std::chrono::microseconds most) {
    const double low = std::log(static_cast<double>(least.count()));
    const double high = std::log(static_cast<double>(most.count()));
    const double at = std::uniform_real_distribution<double>(low, high)(engine_);
    return std::chrono::microseconds(static_cast<std::int64_t>(std::exp(at)));
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace fieldnote::fault
