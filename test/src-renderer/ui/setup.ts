import '../../../src-renderer/styles/theme.css';
import '../../../src-renderer/styles/base.css';
