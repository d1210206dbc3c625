// Bundles to trajectories: the events of one participant's stream in one app, in the order in which
// they happened. An effect belongs to the step that it cites, and the first click of a double click
// is that one's beginning: neither is a step of its own.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "dataset/bundle_reader.hpp"

namespace fieldnote::dataset {

class Trajectories {
 public:
  // Events that came before (a bundle given twice) are left out. Fails where a line of the bundle
  // is no event.
  [[nodiscard]] Result<void> add(const Bundle& bundle);

  // Calls `on_step` with each step as a JSON line with its line feed (dataset.schema.json).
  // Trajectories come in the order of participant, bundle and stream; the same bundles give the
  // same bytes.
  [[nodiscard]] Result<void> write(
      const std::function<Result<void>(std::string_view)>& on_step) const;

  [[nodiscard]] std::size_t count() const { return trajectories_.size(); }
  [[nodiscard]] std::size_t steps() const;

 private:
  // Participant; place of the stream's first event; app.
  struct Key {
    seal::ParticipantPublicKey participant;
    std::int64_t bundle;
    std::string stream;
    std::string app;
    friend auto operator<=>(const Key&, const Key&) = default;
  };
  // Place in the stream: batch, then the line in it.
  using Place = std::pair<std::uint64_t, std::uint64_t>;
  using Events = std::map<Place, std::string>;

  std::map<std::pair<seal::ParticipantPublicKey, std::string>, std::int64_t> first_bundle_;
  std::map<Key, Events> trajectories_;
};

}  // namespace fieldnote::dataset
