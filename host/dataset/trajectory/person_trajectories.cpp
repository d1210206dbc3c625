#include "dataset/trajectory/person_trajectories.hpp"

#include <unordered_map>

#include "dataset/reading/stretch_events.hpp"
#include "dataset/trajectory/rare_runs.hpp"

namespace fieldnote::dataset {
namespace {

// The work that one key sealed.
class ChainReading {
 public:
  ChainReading(const GoodChain& chain, TrajectoryBuilder& builder, const PersonReading& reading,
               std::uint64_t& number)
      : chain_(chain),
        builder_(builder),
        reading_(reading),
        number_(number),
        rare_runs_(reading.release) {}

  Result<void> read() {
    Cutter cutter([this](Stretch&& stretch) { return take(std::move(stretch)); });
    for (const GoodFile& file : chain_.files) {
      auto bundle = read_bundle_again(file.path, reading_.identities, file.digest);
      if (!bundle) return bundle.error();
      static_cast<void>(chain_.withdrawals.take_from(*bundle));
      if (auto added = cutter.add(*bundle); !added) return added;
      reading_.on_file(file.events);
    }
    return cutter.finish();
  }

 private:
  Result<void> take(Stretch&& stretch) {
    texts_.reset();
    auto events = read_events(stretch, reader_, texts_);
    if (!events) return events.error();
    auto pieces = rare_runs_.cut(std::move(stretch), *events);
    if (!pieces) return pieces.error();
    bool is_part = false;
    for (std::size_t i = 0; i < pieces->size(); ++i) {
      const bool is_whole = pieces->size() == 1;
      if (auto taken = take((*pieces)[i], is_whole ? &*events : nullptr, i > 0, is_part); !taken)
        return taken;
    }
    return {};
  }

  // `events`: of the stretch, where they are read. `is_part`: whether a piece of the same stretch
  // was taken before.
  Result<void> take(const Stretch& stretch, std::vector<model::Event>* events, bool is_cut,
                    bool& is_part) {
    const std::uint64_t rank = reading_.naming.rank(chain_.key, stretch.lines.front(), number_++);
    const auto known = chain_.tasks.find(stretch.task);
    const TaskTold* const told = known ? &*known : nullptr;
    auto trajectory =
        events != nullptr
            ? Result<Trajectory>(builder_.build(Naming::id(rank), stretch, *events, told))
            : builder_.build(Naming::id(rank), stretch, told);
    if (!trajectory) return trajectory.error();
    ReleaseCounts release = builder_.take_counts();
    release.cut_runs = is_cut ? 1 : 0;
    if (trajectory->steps.empty()) return {};
    // Pieces of one part are told apart by nothing.
    if (!stretch.task.empty())
      trajectory->part =
          is_part ? parts_[Tasks::hash_of(stretch.task)] : ++parts_[Tasks::hash_of(stretch.task)];
    is_part = true;
    return reading_.take({rank, *trajectory, release, stretch.task, told});
  }

  const GoodChain& chain_;
  TrajectoryBuilder& builder_;
  const PersonReading& reading_;
  std::uint64_t& number_;  // of stretches of the person so far
  RareRuns rare_runs_;
  model::EventReader reader_;
  model::Arena texts_;                                 // of the events of a stretch
  std::unordered_map<std::uint64_t, unsigned> parts_;  // of each task, so far
};

}  // namespace

Result<void> each_trajectory(const PersonFiles& person, TrajectoryBuilder& builder,
                             const PersonReading& reading) {
  std::uint64_t number = 0;
  for (const GoodChain& chain : person.chains)
    if (auto read = ChainReading(chain, builder, reading, number).read(); !read) return read;
  return {};
}

}  // namespace fieldnote::dataset
