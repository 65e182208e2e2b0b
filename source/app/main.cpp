#include <cstdio>

#include "core/log.h"
#include "document/register.h"
#include "evaluation/evaluator.h"
#include "evaluation/interface.h"
#include "operators/operator.h"
#include "python/runtime.h"

int main(int argc, char** argv) {
  using namespace kiln;
  Registry registry;
  Services services;
  register_document_types(registry);
  evaluation::register_evaluation_interface(registry);
  evaluation::Evaluator evaluator;
  operators::OperatorRegistry operator_registry;
  Project project(registry, services);
  services.set<const Registry>(&registry);
  services.set<Project>(&project);
  services.set<evaluation::Evaluator>(&evaluator);
  services.set<const operators::OperatorRegistry>(&operator_registry);
  project.replace(make_empty_document());
  python::Runtime::Options options;
  options.arguments.assign(argv, argv + argc);
  options.scripts = Path(std::filesystem::read_symlink("/proc/self/exe")).parent_path().parent_path() / "release/scripts";
  auto runtime = python::Runtime::start(project, options);
  if (!runtime) {
    log_line(LogLevel::Error, runtime.error().message);
    return 1;
  }
  for (int i = 1; i < argc; ++i) {
    const Result<void> done = (*runtime)->run_file(argv[i]);
    if (!done) {
      log_line(LogLevel::Error, done.error().message);
      return 1;
    }
  }
  return 0;
}
