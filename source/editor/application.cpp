#include "editor/application.h"

#include <QAbstractEventDispatcher>
#include <QApplication>
#include <QFile>
#include <QFont>
#include <QScreen>
#include <QSurfaceFormat>
#include <QTimer>

#include "core/interrupts.h"
#include "core/log.h"
#include "core/worker_priority.h"
#include "editor/console/console_editor.h"
#include "editor/control/control_server.h"
#include "editor/image/image_editor.h"
#include "editor/info/info_editor.h"
#include "editor/node/node_editor.h"
#include "editor/outliner/outliner_editor.h"
#include "editor/properties/properties_editor.h"
#include "editor/text/text_editor.h"
#include "editor/timeline/timeline_editor.h"
#include "editor/view3d/view3d_editor.h"
#include "editor/view3d/viewport.h"
#include "editor/window/main_window.h"
#include "editor/window/menu_timing.h"
#include "editor/window/watchdog.h"
#include "editor/window/window_previewer.h"

namespace kiln::editor {
namespace {

// Nothing that an event handler throws may leave it: the user is told, and work goes on.
class SafeApplication : public QApplication {
public:
  using QApplication::QApplication;
  Session* session = nullptr;
  Watchdog* watchdog = nullptr;

  bool notify(QObject* receiver, QEvent* event) override {
    std::optional<Watchdog::Call> call;
    if (watchdog) {
      call.emplace(*watchdog, receiver, *event);
    }
    try {
      return QApplication::notify(receiver, event);
    } catch (const std::exception& problem) {
      log(LogLevel::Error, "an event could not be handled: {}", problem.what());
      if (session) {
        session->report(InfoLine::Kind::Error, problem.what());
      }
      return true;
    }
  }
};

// What a small file holds; empty where there is none.
std::string read_text(const Path& path) {
  QFile file(QString::fromStdString(path.string()));
  return file.open(QIODevice::ReadOnly) ? file.read(1 << 20).toStdString() : std::string();
}

void register_editors(EditorRegistry& registry) {
  register_view3d(registry);
  register_image(registry);
  register_node(registry);
  register_timeline(registry);
  register_text(registry);
  register_console(registry);
  register_info(registry);
  register_outliner(registry);
  register_properties(registry);
}

}  // namespace

static void show(MainWindow& window, const WindowPlacement& placement) {
  window.setAttribute(Qt::WA_ShowWithoutActivating, !placement.takes_focus);
  if (placement.geometry) {
    const auto [left, bottom, width, height] = *placement.geometry;
    const QRect screen = window.screen()->geometry();
    window.setGeometry(screen.left() + left, screen.bottom() + 1 - bottom - height, width, height);
  }
  if (placement.is_full_screen) {
    window.showFullScreen();
  } else if (placement.is_maximized) {
    window.showMaximized();
  } else {
    window.show();
  }
  if (placement.takes_focus) {
    window.activateWindow();  // also without a window manager
  } else {
    window.lower();
  }
}

Result<int> run_window(const WindowOptions& options, int argc, char** argv) {
  QSurfaceFormat format;
  format.setVersion(4, 3);
  format.setProfile(QSurfaceFormat::CoreProfile);
  format.setDepthBufferSize(0);
  format.setStencilBufferSize(0);
  format.setSwapInterval(0);
  QSurfaceFormat::setDefaultFormat(format);
  QApplication::setAttribute(Qt::AA_ShareOpenGLContexts);
  const WorkersAside aside;
  const Path user_folder = options.settings.empty() ? Path() : options.settings.parent_path();
  const InterfaceSettings interface =
      InterfaceSettings::from_json(read_text(InterfaceSettings::file(user_folder)));
  if (interface.scale != 1.0f) {
    // Qt takes it from here, before the application is there.
    qputenv("QT_SCALE_FACTOR", QByteArray::number(double(interface.scale)));
  }
  SafeApplication application(argc, argv);
  QApplication::setApplicationName(QStringLiteral("Kiln"));
  QApplication::setApplicationVersion(QStringLiteral(KILN_VERSION));
  QFont font = QApplication::font();
  font.setPixelSize(12);
  QApplication::setFont(font);

#ifdef NDEBUG
  const bool watches = options.watches_handlers;
#else
  const bool watches = true;
#endif
  Watchdog watchdog;
  if (watches) {
    application.watchdog = &watchdog;
    QAbstractEventDispatcher* loop = QAbstractEventDispatcher::instance();
    QObject::connect(loop, &QAbstractEventDispatcher::aboutToBlock, [&] { watchdog.waits(); });
    QObject::connect(loop, &QAbstractEventDispatcher::awake, [&] { watchdog.goes_on(); });
  }

  GpuService gpu;
  options.services.set<GpuService>(&gpu);
  const Post post = [&application](std::function<void()> work) {
    QMetaObject::invokeMethod(&application, std::move(work), Qt::QueuedConnection);
  };
  int status = 0;
  {
    Session session(options.project, options.evaluator, options.operators, post);
    session.set_preparation([geometry = gpu.geometry](const evaluation::EvaluatedScene& scene) {
      geometry->prepare(scene);
    });
    application.session = &session;
    ScenePictures pictures(session);
    options.services.set<ScenePictures>(&pictures);
    const MenuTiming menus(session);
    RenderJob render(session);
    DocumentJob job(session);
    RecentFiles recent(
        options.settings.empty() ? Path() : options.settings.parent_path() / "recent_files.txt");
    Commands commands(session);
    Result<Keymap> keymap = Keymap::load(options.keymap);
    if (keymap) {
      commands.keymap = std::move(*keymap);
    } else {
      session.report(InfoLine::Kind::Error, keymap.error().message);
    }
    if (const std::string changes = read_text(user_folder / "keymap.json"); !changes.empty()) {
      if (const Result<void> applied = commands.keymap.apply_changes(changes); !applied) {
        session.report(InfoLine::Kind::Warning,
                       "keymap.json in the user's folder: " + applied.error().message);
      }
    }
    EditorContext context{session, render, job, recent, options.scripts, commands, {}, {},
                          {},      {},     {},  {}};
    if (watches) {
      context.watchdog = &watchdog;
    }
    context.interface = interface;
    context.user_folder = user_folder;
    EditorRegistry editors;
    register_editors(editors);
    Connection kept;
    if (options.document_changed) {
      kept = session.changed.connect([&options](const ChangeSet&) { options.document_changed(); });
    }
    MainWindow window(context, editors, QString::fromStdString(options.settings.string()));
    WindowPreviewer previewer(window, session);
    options.services.set<DocumentPreviewer>(&previewer);
    show(window, options.placement);
    if (options.control_socket.empty() && options.settings != Path()) {
      window.begin_with_splash();
    }
    ControlServer control(context, window);
    if (!options.control_socket.empty()) {
      if (const Result<void> listening = control.listen(options.control_socket); !listening) {
        return listening.error();
      }
    }
    // Asked to end from outside (Ctrl-C): without questions, what is unsaved is kept for recovery.
    QTimer interrupts;
    QObject::connect(&interrupts, &QTimer::timeout, &application, [&options] {
      const auto* asked = options.services.find<Interrupts>();
      if (asked && asked->is_interrupted()) {
        QApplication::exit(130);
      }
    });
    interrupts.start(200);
    status = QApplication::exec();
    options.services.set<DocumentPreviewer>(nullptr);
    application.session = nullptr;
    application.watchdog = nullptr;
  }
  options.services.set<ScenePictures>(nullptr);
  options.services.set<GpuService>(nullptr);
  return status;
}

}  // namespace kiln::editor
