#include "dataset/card/statistics.hpp"

#include <algorithm>
#include <bit>

namespace fieldnote::dataset {
namespace {

void bump(Statistics::Counts& counts, std::string_view what) {
  const auto at = counts.find(what);
  if (at == counts.end())
    counts.emplace(what, 1);
  else
    ++at->second;
}

void join(std::string& words, std::string_view more) {
  if (more.empty()) return;
  if (!words.empty()) words += ", ";
  words += more;
}

std::string target_of(const model::Event& action) {
  if (!action.has_target) return std::string(action.url);
  std::string words(action.target.role);
  if (!action.target.name.empty()) words += " \"" + std::string(action.target.name) + '"';
  return words;
}

std::string value_of(const Step& step) {
  const model::Event& action = step.action;
  if (action.key) return std::string(*action.key);
  if (step.stand_in) return std::string(*step.stand_in);
  if (!action.has_value) return {};
  if (action.value.text) return std::string(*action.value.text);
  if (action.value.checked) return *action.value.checked ? "on" : "off";
  std::string words;
  for (const std::string_view option : action.value.options) join(words, option);
  return words;
}

std::string effect_of(const Step& step) {
  std::string words;
  for (const model::Change& change : step.effect) {
    std::string one(model::word(change.what));
    if (change.text) one += ' ' + std::string(*change.text);
    join(words, one);
  }
  return words;
}

// Not in the middle of a character.
std::string_view cut(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0U) == 0x80U) --most;
  return text.substr(0, most);
}

Sample sample_of(std::uint64_t rank, const Trajectory& trajectory) {
  Sample sample;
  sample.rank = rank;
  sample.id = trajectory.id;
  sample.app = trajectory.app;
  sample.instruction = trajectory.instruction.text.value_or("");
  sample.outcome = trajectory.outcome;
  sample.steps = trajectory.steps.size();
  for (const Step& step : trajectory.steps) {
    if (sample.first.size() == Statistics::most_sample_steps) break;
    sample.first.push_back({std::string(model::word(step.action.kind)), target_of(step.action),
                            value_of(step), effect_of(step),
                            step.learnable == Learnable::yes
                                ? std::string_view()
                                : word_of(learnable_words, step.learnable)});
    if (sample.seen.empty() && step.observation && !is_consequence(step))
      sample.seen = cut(step.observation->text, Statistics::most_seen);
  }
  return sample;
}

bool is_before(const Sample& a, const Sample& b) {
  return a.rank < b.rank;
}

}  // namespace

void Statistics::count(std::uint64_t rank, const Trajectory& trajectory, std::string_view team) {
  ++trajectories;
  steps += trajectory.steps.size();
  bump(apps, trajectory.app);
  if (!team.empty()) bump(teams, team);
  bump(outcomes, word_of(outcome_words, trajectory.outcome));
  bump(instructions, word_of(instruction_words, trajectory.instruction.source));
  const std::size_t length = std::bit_width(trajectory.steps.size());
  ++lengths[std::min(std::max<std::size_t>(length, 1), lengths_told) - 1];
  for (const Step& step : trajectory.steps) {
    bump(kinds, model::word(step.action.kind));
    ++learnable[static_cast<std::size_t>(step.learnable)];
    if (is_consequence(step)) continue;
    bump(observations, !step.observation ? "none" : step.observation->fresh ? "fresh" : "stale");
  }
  if (samples.size() == most_samples && samples.back().rank < rank) return;
  Sample sample = sample_of(rank, trajectory);
  samples.insert(std::upper_bound(samples.begin(), samples.end(), sample, is_before),
                 std::move(sample));
  if (samples.size() > most_samples) samples.pop_back();
}

void Statistics::add(const Statistics& other) {
  trajectories += other.trajectories;
  steps += other.steps;
  const auto sum = [](Counts& into, const Counts& from) {
    for (const auto& [what, count] : from) into[what] += count;
  };
  sum(apps, other.apps);
  sum(teams, other.teams);
  sum(kinds, other.kinds);
  sum(outcomes, other.outcomes);
  sum(instructions, other.instructions);
  sum(observations, other.observations);
  for (std::size_t i = 0; i < lengths.size(); ++i) lengths[i] += other.lengths[i];
  for (std::size_t i = 0; i < learnable.size(); ++i) learnable[i] += other.learnable[i];
  samples.insert(samples.end(), other.samples.begin(), other.samples.end());
  std::sort(samples.begin(), samples.end(), is_before);
  if (samples.size() > most_samples) samples.resize(most_samples);
}

std::uint64_t Statistics::done() const {
  return steps - learnable[static_cast<std::size_t>(Learnable::consequence)];
}

std::uint64_t Statistics::learned() const {
  return learnable[static_cast<std::size_t>(Learnable::yes)];
}

}  // namespace fieldnote::dataset
