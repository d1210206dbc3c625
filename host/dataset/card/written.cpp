#include "dataset/card/written.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_to.hpp>

namespace fieldnote::dataset {
namespace {

namespace json = boost::json;

using Counts = Statistics::Counts;

json::object json_of(const Counts& counts) {
  json::object out;
  for (const auto& [what, count] : counts) out[what] = count;
  return out;
}

Counts counts_of(const json::value& told) {
  Counts counts;
  for (const auto& [what, count] : told.as_object())
    counts[what] = json::value_to<std::uint64_t>(count);
  return counts;
}

template <std::size_t N>
json::array json_of(const std::array<std::uint64_t, N>& numbers) {
  json::array out;
  for (const std::uint64_t number : numbers) out.push_back(number);
  return out;
}

template <std::size_t N>
void read(std::array<std::uint64_t, N>& numbers, const json::value& told) {
  for (std::size_t i = 0; i < N; ++i) numbers[i] = json::value_to<std::uint64_t>(told.at(i));
}

std::string text_of(const json::value& told) {
  return std::string(told.as_string());
}

json::object json_of(const Sample& sample) {
  json::array first;
  for (const SampleStep& step : sample.first)
    first.push_back({json::string(step.kind), json::string(step.target), json::string(step.value),
                     json::string(step.effect), json::string(step.why)});
  return {{"rank", sample.rank},
          {"id", sample.id},
          {"app", sample.app},
          {"instruction", sample.instruction},
          {"outcome", static_cast<unsigned>(sample.outcome)},
          {"steps", sample.steps},
          {"first", std::move(first)},
          {"seen", sample.seen}};
}

// The one of the words that are kept for good.
std::string_view word_like(std::string_view told) {
  const auto at = std::find(learnable_words.begin(), learnable_words.end(), told);
  return at == learnable_words.end() ? std::string_view() : *at;
}

Sample sample_of(const json::value& told) {
  Sample sample;
  sample.rank = json::value_to<std::uint64_t>(told.at("rank"));
  sample.id = text_of(told.at("id"));
  sample.app = text_of(told.at("app"));
  sample.instruction = text_of(told.at("instruction"));
  sample.outcome = static_cast<Outcome>(json::value_to<unsigned>(told.at("outcome")));
  sample.steps = json::value_to<std::size_t>(told.at("steps"));
  for (const json::value& step : told.at("first").as_array())
    sample.first.push_back({text_of(step.at(0)), text_of(step.at(1)), text_of(step.at(2)),
                            text_of(step.at(3)), word_like(step.at(4).as_string())});
  sample.seen = text_of(told.at("seen"));
  return sample;
}

json::object json_of(const Statistics& statistics) {
  json::array samples;
  for (const Sample& sample : statistics.samples) samples.push_back(json_of(sample));
  return {{"trajectories", statistics.trajectories},
          {"steps", statistics.steps},
          {"apps", json_of(statistics.apps)},
          {"teams", json_of(statistics.teams)},
          {"kinds", json_of(statistics.kinds)},
          {"outcomes", json_of(statistics.outcomes)},
          {"instructions", json_of(statistics.instructions)},
          {"observations", json_of(statistics.observations)},
          {"lengths", json_of(statistics.lengths)},
          {"learnable", json_of(statistics.learnable)},
          {"samples", std::move(samples)}};
}

Statistics statistics_of(const json::value& told) {
  Statistics statistics;
  statistics.trajectories = json::value_to<std::uint64_t>(told.at("trajectories"));
  statistics.steps = json::value_to<std::uint64_t>(told.at("steps"));
  statistics.apps = counts_of(told.at("apps"));
  statistics.teams = counts_of(told.at("teams"));
  statistics.kinds = counts_of(told.at("kinds"));
  statistics.outcomes = counts_of(told.at("outcomes"));
  statistics.instructions = counts_of(told.at("instructions"));
  statistics.observations = counts_of(told.at("observations"));
  read(statistics.lengths, told.at("lengths"));
  read(statistics.learnable, told.at("learnable"));
  for (const json::value& sample : told.at("samples").as_array())
    statistics.samples.push_back(sample_of(sample));
  return statistics;
}

}  // namespace

void Written::add(const Written& other) {
  statistics.add(other.statistics);
  release.add(other.release);
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    sizes[i].trajectories += other.sizes[i].trajectories;
    sizes[i].steps += other.sizes[i].steps;
  }
  losses.resize(std::max(losses.size(), other.losses.size()));
  for (std::size_t i = 0; i < other.losses.size(); ++i) losses[i].add(other.losses[i]);
}

std::string Written::to_text() const {
  json::array of_splits, of_formats;
  for (const SplitSize& size : sizes)
    of_splits.push_back(json::array{size.trajectories, size.steps});
  for (const Loss& loss : losses)
    of_formats.push_back(
        json::array{json_of(loss.not_carried), json_of(loss.left_out), json_of(loss.changed)});
  return json::serialize(json::object{{"statistics", json_of(statistics)},
                                      {"release",
                                       {{"released", json_of(release.released)},
                                        {"held_back", json_of(release.held_back)},
                                        {"detected", json_of(release.detected)},
                                        {"cut_runs", release.cut_runs}}},
                                      {"sizes", std::move(of_splits)},
                                      {"losses", std::move(of_formats)}});
}

Written Written::of_text(std::string_view text) {
  const json::value told = json::parse(text);
  Written written;
  written.statistics = statistics_of(told.at("statistics"));
  const json::value& release = told.at("release");
  written.release = {counts_of(release.at("released")), counts_of(release.at("held_back")),
                     counts_of(release.at("detected")),
                     json::value_to<std::uint64_t>(release.at("cut_runs"))};
  for (std::size_t i = 0; i < written.sizes.size(); ++i) {
    const json::value& size = told.at("sizes").at(i);
    written.sizes[i] = {json::value_to<std::uint64_t>(size.at(0)),
                        json::value_to<std::uint64_t>(size.at(1))};
  }
  for (const json::value& loss : told.at("losses").as_array())
    written.losses.push_back({counts_of(loss.at(0)), counts_of(loss.at(1)), counts_of(loss.at(2))});
  return written;
}

}  // namespace fieldnote::dataset
