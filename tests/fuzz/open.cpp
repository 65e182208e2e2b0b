// Documents with damaged rows: opening ends with a document or a message, what was opened can be
// saved, and what was saved opens as the same again.
#include "damage.h"
#include "document/file/diff.h"
#include "document/file/history.h"

namespace kiln::fuzz {
namespace {

void check_saved(const Document& document) {
  World& w = world();
  const Path first = w.folder / "first.kiln", second = w.folder / "second.kiln";
  Progress progress;
  if (const auto saved = save_document(document, first, progress); !saved) {
    fail("cannot save what was opened: " + saved.error().message);
  }
  Result<OpenedDocument> again = open_document(first, w.registry, progress);
  if (!again) {
    fail("cannot open what was saved: " + again.error().message);
  }
  if (const auto saved = save_document(again->document, second, progress); !saved) {
    fail("cannot save again: " + saved.error().message);
  }
  const auto differences = diff_documents(first, second, w.registry);
  if (!differences) {
    fail("cannot compare: " + differences.error().message);
  }
  for (const DocumentDifference& d : *differences) {
    fail(fmt::format("opened and saved again, {} {} is other: {} -> {}", d.block, d.path, d.before,
                     d.after));
  }
}

}  // namespace
}  // namespace kiln::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kiln;
  fuzz::World& w = fuzz::world();
  fuzz::Choices choices(data, size);
  const Path damaged = w.folder / "damaged.kiln";
  w.write_damaged(damaged, choices);
  (void)describe_document(damaged, w.registry);
  Progress progress;
  Result<OpenedDocument> opened = open_document(damaged, w.registry, progress);
  if (!opened) {
    return 0;
  }
  if (opened->history_present < opened->history.size()) {
    HistoryReader history(damaged, opened->document, opened->history[opened->history_present].id,
                          w.registry);
    for (const HistoryStep& step : opened->history) {
      (void)history.read(step.id);
    }
  }
  fuzz::check_saved(opened->document);
  return 0;
}
