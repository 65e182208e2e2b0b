// Merging three documents with damaged rows: a result or a message, and a result can be opened.
#include "document/file/merge.h"

#include "damage.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kiln;
  fuzz::World& w = fuzz::world();
  fuzz::Choices choices(data, size);
  const Path base = w.folder / "base.kiln", ours = w.folder / "ours.kiln",
             theirs = w.folder / "theirs.kiln", out = w.folder / "out.kiln";
  fuzz::write_file(base, w.seed);
  if (choices.index(4) == 0) {
    w.write_damaged(base, choices);
  }
  w.write_damaged(ours, choices);
  w.write_damaged(theirs, choices);
  Progress progress;
  if (merge_documents(base, ours, theirs, out, w.registry, progress)) {
    if (const auto opened = open_document(out, w.registry, progress); !opened) {
      fuzz::fail("what was merged cannot be opened: " + opened.error().message);
    }
  }
  return 0;
}
