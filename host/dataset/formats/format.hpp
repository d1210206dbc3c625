// A form in which trajectories are written into a dataset's folder: JSON Lines in shards, or a
// document a trajectory. One file beside this one for each. Not thread-safe.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "dataset/formats/loss.hpp"
#include "dataset/portion/shards.hpp"
#include "dataset/trajectory/trajectory.hpp"

namespace fieldnote::dataset {

enum class FormatName : std::uint8_t { steps, chat_openai, chat_hf, atif, recorder, playwright };
inline constexpr std::array<std::string_view, 6> format_words{"steps", "chat-openai", "chat-hf",
                                                              "atif",  "recorder",    "playwright"};

struct FormatOptions {
  bool row_a_step = true;      // of chats: one row for each step, or for each trajectory
  std::size_t max_tokens = 0;  // of a row; 0: no limit
};
// What a row a step may have where nothing else is said: rows repeat what came before.
inline constexpr std::size_t default_max_tokens = 32'768;

class Format {
 public:
  Format() = default;
  Format(const Format&) = delete;
  Format& operator=(const Format&) = delete;
  virtual ~Format() = default;

  // `rank`: the place of the trajectory among all.
  [[nodiscard]] virtual Result<void> add(std::uint64_t rank, const Trajectory& trajectory) = 0;
  [[nodiscard]] const Loss& loss() const { return loss_; }

 protected:
  void lose(const Loss& loss) { loss_.add(loss); }

 private:
  Loss loss_;
};

// `sink` must outlive it.
[[nodiscard]] std::unique_ptr<Format> make_format(FormatName name, Sink& sink,
                                                  const FormatOptions& options);

}  // namespace fieldnote::dataset
