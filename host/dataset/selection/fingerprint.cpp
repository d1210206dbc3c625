#include "dataset/selection/fingerprint.hpp"

#include <algorithm>
#include <numeric>
#include <unordered_map>
#include <unordered_set>

#include "dataset/release/keyed_hash.hpp"
#include "dataset/release/release.hpp"

namespace fieldnote::dataset {
namespace {

using Set = std::unordered_set<std::uint64_t>;

constexpr std::size_t run_length = 5;

// Nothing is hidden by it: the key is known.
const KeyedHash& texts() {
  static const KeyedHash hash{KeyedHash::Key{}};
  return hash;
}

// The finalizer of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).
std::uint64_t mixed(std::uint64_t z) {
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
  return z ^ (z >> 31U);
}

Fingerprint::Half min_hash(const Set& set) {
  std::array<std::uint64_t, Fingerprint::size> least{};
  least.fill(~std::uint64_t{0});
  for (const std::uint64_t element : set)
    for (std::size_t i = 0; i < least.size(); ++i)
      least[i] = std::min(least[i], mixed(element + (i + 1) * 0x9E3779B97F4A7C15U));
  Fingerprint::Half half{};
  std::transform(least.begin(), least.end(), half.begin(),
                 [](std::uint64_t value) { return static_cast<std::uint8_t>(value); });
  return half;
}

std::uint64_t hash_of_action(const Step& step) {
  const model::Event& action = step.action;
  std::string value;
  if (action.key) value += *action.key;
  if (action.has_value) {
    if (action.value.text) value += countable(*action.value.text);
    for (const std::string_view option : action.value.options) value += '|' + countable(option);
    if (action.value.checked) value += *action.value.checked ? "on" : "off";
  }
  const bool has_target = action.has_target;
  return texts().of({model::word(action.kind), has_target ? action.target.role : std::string_view(),
                     has_target ? countable(action.target.name) : countable(action.url), value});
}

// Of runs that may begin before the first action: a short trajectory has some too. A run that
// comes again counts again, as long work has most runs at least once.
Set runs_of(const Trajectory& trajectory) {
  Set runs;
  std::unordered_map<std::uint64_t, std::uint64_t> times;
  std::array<std::uint64_t, run_length> run{};
  for (const Step& step : trajectory.steps) {
    if (is_consequence(step)) continue;
    std::rotate(run.begin(), run.begin() + 1, run.end());
    run.back() = hash_of_action(step);
    const std::uint64_t hash = std::accumulate(
        run.begin(), run.end(), std::uint64_t{0},
        [](std::uint64_t sum, std::uint64_t action) { return mixed(sum + action); });
    runs.insert(mixed(hash + ++times[hash]));
  }
  return runs;
}

// `- cell "<TEXT_7>" [ref=e12]` without what differs from page to page.
std::string bare(std::string_view line) {
  constexpr std::string_view opening = " [ref=";
  const std::size_t ref = line.find(opening);
  if (ref == std::string_view::npos) return countable(line);
  const std::size_t end = line.find(']', ref);
  std::string out(line.substr(0, ref));
  if (end != std::string_view::npos) out += line.substr(end + 1);
  return countable(out);
}

Set lines_of(const Trajectory& trajectory) {
  Set lines;
  const char* known = nullptr;  // a text that is seen again
  for (const Step& step : trajectory.steps) {
    if (!step.observation || step.observation->text.data() == known) continue;
    known = step.observation->text.data();
    for (std::string_view rest = step.observation->text; !rest.empty();) {
      const std::string_view line = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(std::min(rest.size(), line.size() + 1));
      lines.insert(texts().of({bare(line)}));
    }
  }
  return lines;
}

double likeness(const Fingerprint::Half& a, const Fingerprint::Half& b) {
  std::size_t equal = 0;
  for (std::size_t i = 0; i < a.size(); ++i) equal += a[i] == b[i] ? 1U : 0U;
  // One in 256 is equal by chance.
  const double share = static_cast<double>(equal) / Fingerprint::size;
  return std::max(0.0, (share - 1.0 / 256) / (1 - 1.0 / 256));
}

}  // namespace

Fingerprint fingerprint_of(const Trajectory& trajectory) {
  return {min_hash(runs_of(trajectory)), min_hash(lines_of(trajectory))};
}

double likeness(const Fingerprint& a, const Fingerprint& b) {
  return std::min(likeness(a.done, b.done), likeness(a.seen, b.seen));
}

}  // namespace fieldnote::dataset
